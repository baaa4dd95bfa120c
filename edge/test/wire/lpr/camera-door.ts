import { createHash } from "node:crypto";
import { connect } from "node:net";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import { ReaderConfig } from "@gatehouse/shared/contracts/reader-config";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Instant } from "@gatehouse/shared/time";
import { PushReader, type PushReaderConfig } from "../../../src/adapters/lpr/push-reader.ts";
import { type PushLimits, PushServer } from "../../../src/adapters/lpr/push-server.ts";
import type { DiskReadPictures } from "../../../src/adapters/lpr/read-pictures.ts";

/** Virtual seconds a real second, so that a camera's repeats come quickly. */
export const clock = new PacedClock({
  rate: 50,
  realEpochMs: Date.now(),
  virtualEpoch: Date.parse("2026-11-20T13:22:00Z") as Instant,
});
export const stopwatch = new SystemStopwatch();

/** One reader of each format that is pushed. */
const formatOf = {
  "hik-1": "hikvision",
  "pr-1": "platerecognizer",
  "dahua-1": "dahua",
  "axis-1": "axis",
  "rekor-1": "rekor",
  "genetec-1": "genetec",
  "verkada-1": "verkada",
  "query-1": "gate-query",
} as const;
export type ReaderId = keyof typeof formatOf;
export const readerIds = Object.keys(formatOf) as ReaderId[];
export const makeOf = (id: ReaderId): (typeof formatOf)[ReaderId] => formatOf[id];

export const timezone = "Europe/Berlin";
export const tokens = Object.fromEntries(readerIds.map((id) => [id, `token-of-${id}`])) as Record<
  ReaderId,
  string
>;
export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface DoorOptions {
  readonly limits?: Partial<PushLimits>;
  readonly port?: number;
  /** What a reader's line in the configuration says beside its format. */
  readonly fields?: Readonly<Partial<Record<ReaderId, object>>>;
  readonly pictures?: Pick<DiskReadPictures, "prepare">;
}

/** The door with a reader of each format, open, and what came through it. */
export async function openDoor({ limits = {}, port = 0, fields = {}, pictures }: DoorOptions = {}) {
  const reads: PlateRead[] = [];
  let decide = (_read: PlateRead): ReadOutcome => ({ kind: "open", decisionId: "decision-1" });
  const readers = new Map(
    readerIds.map((id) => {
      const config = ReaderConfig.parse({ id, format: formatOf[id], ...fields[id] });
      const reader = new PushReader({
        reader: config as PushReaderConfig,
        laneId: "entry-1",
        timezone,
        clock,
        log: quiet,
        ...(pictures === undefined ? {} : { pictures }),
      });
      return [id, reader] as const;
    }),
  );
  for (const reader of readers.values()) {
    reader.onRead((read) => {
      const outcome = decide(read);
      reads.push(read);
      return outcome;
    });
    await reader.start();
  }
  const readerOf = (id: ReaderId): PushReader => readers.get(id) as PushReader;
  const server = new PushServer({
    host: "127.0.0.1",
    port,
    readers: [...readers.values()],
    tokens: Object.fromEntries(readerIds.map((id) => [id, sha256(tokens[id])])),
    stopwatch,
    log: quiet,
    limits,
  });
  await server.start();
  const target = `http://127.0.0.1:${server.port}`;
  return {
    hik: readerOf("hik-1"),
    pr: readerOf("pr-1"),
    readerOf,
    server,
    target,
    reads,
    setDecision: (next: typeof decide) => (decide = next),
    counter: (name: string): number => server.report()[0]?.counters[name] ?? 0,
    post: (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(new URL(path, target), { method: "POST", ...init }),
    stop: () => server.stop(),
  };
}

export const counterOf = (reader: PushReader, name: string): number =>
  reader.report()[0]?.counters[name] ?? 0;

/** Sends bytes as they are and hears what comes back until the connection ends. */
export async function rawExchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.on("data", (data) => (heard += data.toString("latin1")));
  socket.on("error", () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => socket.once("close", resolve));
  return heard;
}
