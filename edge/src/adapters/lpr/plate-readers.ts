import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { CredentialReader } from "@gatehouse/shared/ports/credential-reader";
import type { SpaceReader } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Broker } from "../mqtt/broker.ts";
import { SignedHttp } from "../wire/signed-http.ts";
import { DahuaStreamReader } from "./dahua-stream-reader.ts";
import { FrigateReader } from "./frigate-reader.ts";
import { hikvisionList } from "./hikvision-list.ts";
import { lilin } from "./lilin.ts";
import { PollingReader } from "./polling-reader.ts";
import { PushReader } from "./push-reader.ts";
import type { ReaderTools } from "./read-intake.ts";
import { DiskReadPictures } from "./read-pictures.ts";

export interface PlateReaderTools {
  readonly config: FacilityConfig;
  readonly secrets: Secrets;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
}

export interface PlateReaders {
  /** By lane id. */
  readonly ofLane: ReadonlyMap<string, readonly CredentialReader[]>;
  readonly ofSpaces: readonly SpaceReader[];
  /** Those that the push server hands their reads. */
  readonly pushed: readonly PushReader[];
  readonly pictures: DiskReadPictures;
}

/** Makes the plate readers of all lanes; nothing is opened yet. */
export function buildPlateReaders(
  tools: PlateReaderTools,
  broker: Pick<Broker, "takeFrigate" | "isConnected">,
): PlateReaders {
  const { config, dataDir, log } = tools;
  const pictures = new DiskReadPictures({
    dataDir,
    readerIds: readersOf(config).map(({ id }) => id),
    cameraIds: config.cameras.flatMap(({ id, lane, plate_space: space }) =>
      lane === undefined && space === undefined ? [] : [id],
    ),
    keepForDays: config.retention.plate_crops_days,
    log,
  });
  const ofLane = new Map(
    config.lanes.map((lane) => [
      lane.id,
      lane.readers.map((reader) => readerOf(reader, lane.id, pictures, tools, broker)),
    ]),
  );
  const ofSpaces = config.space_cameras.map(({ space, reader }) => ({
    spaceId: space,
    reader: readerOf(reader, "", pictures, tools, broker),
  }));
  const all = [...[...ofLane.values()].flat(), ...ofSpaces.map(({ reader }) => reader)];
  const pushed = all.filter((reader) => reader instanceof PushReader);
  return { ofLane, ofSpaces, pushed, pictures };
}

/** Client ids of every Frigate that reads plates for us. */
export const frigatesOf = (config: ReaderSites): ReadonlySet<string> =>
  new Set(
    readersOf(config).flatMap((reader) => (reader.format === "frigate" ? [reader.client] : [])),
  );

type ReaderSites = Pick<FacilityConfig, "lanes" | "space_cameras">;

/** Every plate camera that reads by itself, at a lane or a space. */
const readersOf = ({ lanes, space_cameras: ofSpaces }: ReaderSites): readonly ReaderConfig[] => [
  ...lanes.flatMap(({ readers }) => readers),
  ...ofSpaces.map(({ reader }) => reader),
];

function readerOf(
  reader: ReaderConfig,
  /** Empty: it looks at a space. */
  laneId: string,
  pictures: DiskReadPictures,
  tools: PlateReaderTools,
  broker: Pick<Broker, "takeFrigate" | "isConnected">,
): CredentialReader {
  const { clock, log, stopwatch } = tools;
  const { timezone } = tools.config.facility;
  const shared: ReaderTools = { laneId, clock, log, pictures };
  switch (reader.format) {
    case "hikvision-pull": {
      const format = hikvisionList({ readerId: reader.id, timezone }, reader.channel);
      const http = signedHttp(reader, reader.url, tools);
      return new PollingReader({ ...shared, reader, format, http, stopwatch });
    }
    case "lilin": {
      const http = signedHttp(reader, reader.url, tools);
      return new PollingReader({ ...shared, reader, format: lilin(), http, stopwatch });
    }
    case "dahua-events": {
      const http = signedHttp(reader, reader.url, tools);
      return new DahuaStreamReader({ ...shared, reader, timezone, http, stopwatch });
    }
    case "frigate":
      return new FrigateReader({ ...shared, reader, broker, stopwatch });
    default:
      return new PushReader({ ...shared, reader, timezone });
  }
}

/** The camera's own server, with what `secrets.json` has for it. */
export const signedHttp = (
  { id }: Pick<ReaderConfig, "id">,
  url: string,
  { secrets, random }: Pick<PlateReaderTools, "secrets" | "random">,
): SignedHttp =>
  new SignedHttp({ url, credentials: secrets.cameras[id], newNonce: () => random.id() });
