import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import type { Joined } from "@gatehouse/shared/contracts/enrolment";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import type { Command } from "commander";
import { announceToken, joinOffice } from "../adapters/cloud/enrolment.ts";
import { dropPending, keepPending, pendingToken } from "../adapters/cloud/token-file.ts";
import { withBarrierPresets } from "../adapters/gate/barrier-preset.ts";
import { ConfigError, loadConfig, loadSecrets } from "../config.ts";

export interface CloudTools {
  /** Prints an answer, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
}

const exitCodes = { done: 0, attention: 1, refused: 2, fault: 3 } as const;

/** `cloud join|token rotate`: they need no daemon, and a running one takes the new token by itself. */
export function addCloudCommands(program: Command, tools: CloudTools): void {
  const cloud = program.command("cloud").description("this facility at head office");
  cloud
    .command("join <url> <code>")
    .description("joins head office with the code that it has made for this facility")
    .option("--config <file>", "facility.yaml, to compare it with what head office knows")
    .action((url: string, code: string, options: { config?: string }, command: Command) =>
      told(tools, command, () => joinWith(tools.folderOf(command), url, code, options.config)),
    );
  cloud
    .command("token")
    .description("what this facility signs in with")
    .command("rotate")
    .description("replaces the token; the old one ends when the new one is used first")
    .requiredOption("--config <file>", "the facility's facility.yaml")
    .action((options: { config: string }, command: Command) =>
      told(tools, command, () => rotate(tools.folderOf(command), options.config)),
    );
}

interface Told {
  readonly answer: ControlAnswer;
  readonly lines: readonly string[];
}

async function told(
  { tell }: CloudTools,
  command: Command,
  work: () => Promise<Told>,
): Promise<void> {
  const { answer, lines } = await work().catch(refusalOf);
  tell(command, answer, lines);
}

function refusalOf(error: unknown): Told {
  if (error instanceof ConfigError)
    return refused(exitCodes.refused, "bad-config", error.message, null);
  if (!(error instanceof Fault)) throw error;
  const isRefused = error.code === "cloud-refused";
  const exitCode = isRefused ? exitCodes.refused : exitCodes.fault;
  const hint = isRefused ? null : "Nothing is lost: run the same command again.";
  return refused(exitCode, error.code, error.message, hint);
}

const refused = (
  exitCode: ControlAnswer["exit_code"],
  reason: string,
  verdict: string,
  hint: string | null,
): Told => ({
  answer: { exit_code: exitCode, verdict, data: { reason, hint } },
  lines: hint === null ? [] : [hint],
});

async function joinWith(
  dataDir: string,
  url: string,
  code: string,
  configFile: string | undefined,
): Promise<Told> {
  const config = configFile === undefined ? undefined : loadConfig(configFile, withBarrierPresets);
  if (!URL.canParse(url)) {
    const hint = "Write the whole address, for example https://office.example.com";
    return refused(exitCodes.refused, "not-a-url", `${url} is no address.`, hint);
  }
  if (config !== undefined && !code.trim().startsWith(`${config.facility.id}-`)) {
    const verdict = `This code is not for ${config.facility.id}, the facility of ${configFile}.`;
    const hint = "A code begins with the id of its facility: check facility.id, or the code.";
    return refused(exitCodes.refused, "other-facility", verdict, hint);
  }
  const home = secretsFolder(dataDir);
  const token = pendingToken(home, `${url} ${code}`);
  const facility = await joinOffice({ url }, code, token);
  const doubts = config === undefined ? [] : doubtsAbout(config, facility, url);
  keepPending(home, token);
  return {
    answer: {
      exit_code: doubts.length === 0 ? exitCodes.done : exitCodes.attention,
      verdict: `${facility.name} (${facility.facility_id}) has joined head office at ${url}.`,
      data: { ...facility, doubts },
    },
    lines: [
      `Head office knows: time zone ${facility.timezone}, currency ${facility.currency ?? "not told yet"}.`,
      ...doubts,
      ...(config === undefined ? [`In facility.yaml: cloud: { url: ${url} }`] : []),
    ],
  };
}

/** What a technician should put right in the configuration. */
function doubtsAbout(config: FacilityConfig, known: Joined, url: string): string[] {
  const { facility, cloud } = config;
  return [
    ...(facility.id === known.facility_id ? [] : [`facility.id: write ${known.facility_id}`]),
    ...(facility.timezone === known.timezone
      ? []
      : [`facility.timezone: ${facility.timezone} here, ${known.timezone} at head office`]),
    ...(known.currency === null || facility.currency === known.currency
      ? []
      : [`facility.currency: ${facility.currency} here, ${known.currency} at head office`]),
    ...(cloud?.url === url ? [] : [`cloud.url: write ${url}`]),
  ];
}

async function rotate(dataDir: string, configFile: string): Promise<Told> {
  const { cloud, facility } = loadConfig(configFile, withBarrierPresets);
  const home = secretsFolder(dataDir);
  const { cloud_token: token } = loadSecrets(join(home, "secrets.json"));
  if (cloud === undefined || token === undefined) {
    const verdict = "This facility has not joined head office.";
    return refused(exitCodes.refused, "not-joined", verdict, "gatehouse cloud join URL CODE");
  }
  const next = pendingToken(home, "rotate");
  try {
    await announceToken({ url: cloud.url, facilityId: facility.id, token }, next);
  } catch (error) {
    if (error instanceof Fault && error.code === "cloud-refused") dropPending(home);
    throw error;
  }
  keepPending(home, next);
  return {
    answer: {
      exit_code: exitCodes.done,
      verdict: "The token is replaced; the old one ends when the daemon speaks next.",
      data: { facility_id: facility.id },
    },
    lines: [],
  };
}

/** Where the secrets lie: in the data folder, or in the demonstration's. */
const secretsFolder = (dataDir: string): string =>
  !existsSync(join(dataDir, "secrets.json")) && existsSync(join(dataDir, "edge", "secrets.json"))
    ? join(dataDir, "edge")
    : dataDir;
