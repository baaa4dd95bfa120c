import { createHash } from "node:crypto";
import { connect } from "node:net";
import { PacedClock, SystemStopwatch } from "@gatehouse/shared/paced-clock";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Instant } from "@gatehouse/shared/time";
import { PushReader } from "../../../src/adapters/lpr/push-reader.ts";
import { type PushLimits, PushServer } from "../../../src/adapters/lpr/push-server.ts";

/** Virtual seconds a real second, so that a camera's repeats come quickly. */
export const clock = new PacedClock({
  rate: 50,
  realEpochMs: Date.now(),
  virtualEpoch: Date.parse("2026-11-20T13:22:00Z") as Instant,
});
export const stopwatch = new SystemStopwatch();

export const tokens = { "hik-1": "token-of-hik-1", "pr-1": "token-of-pr-1" };
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The door with two readers, open, and what came through it. */
export async function openDoor(limits: Partial<PushLimits> = {}, port = 0) {
  const reads: PlateRead[] = [];
  let decide = (_read: PlateRead): ReadOutcome => ({ kind: "open", decisionId: "decision-1" });
  const readerOf = (id: "hik-1" | "pr-1", format: "hikvision" | "platerecognizer") =>
    new PushReader({ id, laneId: "entry-1", format, clock, log: quiet });
  const hik = readerOf("hik-1", "hikvision");
  const pr = readerOf("pr-1", "platerecognizer");
  for (const reader of [hik, pr]) {
    reader.onRead((read) => {
      const outcome = decide(read);
      reads.push(read);
      return outcome;
    });
    await reader.start();
  }
  const server = new PushServer({
    host: "127.0.0.1",
    port,
    readers: [hik, pr],
    tokens: { "hik-1": sha256(tokens["hik-1"]), "pr-1": sha256(tokens["pr-1"]) },
    stopwatch,
    log: quiet,
    limits,
  });
  await server.start();
  const target = `http://127.0.0.1:${server.port}`;
  return {
    hik,
    pr,
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
