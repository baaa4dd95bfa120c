import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inOrder, type Part } from "@gatehouse/shared/part";
import { pacedClockFromEnv, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import { withBarrierPresets } from "./adapters/gate/barrier-preset.ts";
import { pinoLog } from "./adapters/pino-log.ts";
import { SystemRandom } from "./adapters/system-random.ts";
import { DeviceConfigError } from "./adapters/device-config-error.ts";
import { buildDevices, type CatalogTools, type SiteDevices } from "./catalog.ts";
import { ConfigError, loadConfig, loadSecrets } from "./config.ts";
import { Facility } from "./facility.ts";
import { CallbackDoor } from "./faces/callback-door.ts";
import { Control } from "./faces/control.ts";
import { Kiosk } from "./faces/kiosk.ts";
import { secretTexts } from "./config-secret-texts.ts";
import { Book } from "./store/book.ts";
import { readPlateProfiles } from "./vision/plate/profile.ts";

export interface EdgeOptions {
  readonly configFile: string;
  /** Holds the book, `secrets.json` and the control socket. */
  readonly dataDir: string;
}

const webDir = fileURLToPath(new URL("../web/dist", import.meta.url));
const manifest = fileURLToPath(new URL("../package.json", import.meta.url));

/**
 * The daemon of one facility: reads the configuration, picks the real devices, and runs until it is stopped.
 *
 * @throws ConfigError, or the Fault of the part that could not start
 */
export async function runEdge(options: EdgeOptions): Promise<Part> {
  const { configFile, dataDir } = options;
  const config = loadConfig(configFile, withBarrierPresets);
  const secrets = loadSecrets(join(dataDir, "secrets.json"));
  const log = pinoLog("edge", process.env["GATEHOUSE_LOG"] ?? "info");
  const clock = pacedClockFromEnv(process.env);
  const stopwatch = new SystemStopwatch();
  const random = new SystemRandom();
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

  const baseDir = dirname(resolve(configFile));
  const devices = devicesOf(configFile, {
    config,
    secrets,
    baseDir,
    dataDir,
    clock,
    stopwatch,
    random,
    log,
  });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const book = new Book(join(dataDir, "book.sqlite"), { ballast: join(dataDir, "ballast") });
  const { rate } = clock;
  const facility = new Facility({
    config,
    book,
    ports: {
      ...devices.ports,
      support: { recentLog: log.recent, secrets: secretTexts(secrets) },
    },
    plateProfiles: readPlateProfiles(),
    version,
    rate,
  });

  const control = new Control({ dataDir, desk: facility, clock, log });
  const kiosk = new Kiosk({
    listen: config.http.kiosk,
    desk: facility,
    operators: secrets.operators,
    cameraTokens: secrets.readers,
    clock,
    random,
    log,
    webDir,
    rate,
  });
  const { callbacks: listen } = config.http;
  const callbackDoor =
    listen === undefined
      ? []
      : [new CallbackDoor({ listen, callbacks: facility.callbacks, clock, log })];
  const closeBook: Part = {
    name: "book",
    start: async () => void book.takeBallast(),
    stop: async () => book.close(),
  };
  const house = inOrder("edge", [
    closeBook,
    control,
    ...devices.before,
    facility,
    ...devices.after,
    ...devices.announce(facility),
    ...callbackDoor,
    kiosk,
  ]);
  await house.start();
  log.info("ready", { facility: config.facility.id, version, kiosk: config.http.kiosk.port });
  process.send?.({ type: "ready" });
  return house;
}

/** What the profiles say against the configuration is one more list of its mistakes. */
function devicesOf(configFile: string, tools: CatalogTools): SiteDevices {
  try {
    return buildDevices(tools);
  } catch (error) {
    if (!(error instanceof DeviceConfigError)) throw error;
    throw new ConfigError(configFile, error.complaints);
  }
}
