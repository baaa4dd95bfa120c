import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { CredentialReader } from "@gatehouse/shared/ports/credential-reader";
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
    readerIds: config.lanes.flatMap((lane) => lane.readers.map(({ id }) => id)),
    cameraIds: config.cameras.flatMap(({ id, lane }) => (lane === undefined ? [] : [id])),
    keepForDays: config.retention.plate_crops_days,
    log,
  });
  const ofLane = new Map(
    config.lanes.map((lane) => [
      lane.id,
      lane.readers.map((reader) => readerOf(reader, lane.id, pictures, tools, broker)),
    ]),
  );
  const pushed = [...ofLane.values()].flat().filter((reader) => reader instanceof PushReader);
  return { ofLane, pushed, pictures };
}

/** Client ids of every Frigate that reads plates for us. */
export const frigatesOf = ({ lanes }: Pick<FacilityConfig, "lanes">): ReadonlySet<string> =>
  new Set(
    lanes.flatMap(({ readers }) =>
      readers.flatMap((reader) => (reader.format === "frigate" ? [reader.client] : [])),
    ),
  );

function readerOf(
  reader: ReaderConfig,
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
