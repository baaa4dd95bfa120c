import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BrokerLimits } from "../../../src/adapters/mqtt/limits.ts";

/** A broker in a process of its own. */
export interface BrokerProcess {
  readonly port: number;
  /** How it ended, with what it wrote last; undefined while it lives. */
  ended(): string | undefined;
  counts(): Promise<Readonly<Record<string, unknown>>>;
  kill(): Promise<void>;
}

export async function forkBroker(
  mode: "open" | "house",
  limits: Partial<BrokerLimits> = {},
  deviceIds: readonly string[] = [],
): Promise<BrokerProcess> {
  return forkServer(new URL("./attacked-broker.ts", import.meta.url), [
    mode,
    JSON.stringify(limits),
    ...deviceIds,
  ]);
}

/** Starts a program that first sends `{port}` and then answers each message with its counts. */
export async function forkServer(program: URL, args: readonly string[]): Promise<BrokerProcess> {
  const child = fork(fileURLToPath(program), [...args], { silent: true, execArgv: [] });
  let written = "";
  let end: string | undefined;
  child.stderr?.on("data", (text: Buffer) => {
    written = (written + text.toString()).slice(-2000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => {
      end = `ended with ${code ?? signal}: ${written}`;
      resolve(end);
    });
  });
  const first = await Promise.race([once(child, "message"), ended]);
  if (typeof first === "string") throw new Error(first);
  const [{ port }] = first as [{ port: number }];
  return {
    port,
    ended: () => end,
    counts: () => countsOf(child),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function countsOf(child: ChildProcess): Promise<Readonly<Record<string, unknown>>> {
  const answer = once(child, "message");
  child.send("counts");
  const [counts] = (await answer) as [Record<string, unknown>];
  return counts;
}
