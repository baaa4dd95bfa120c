import { resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { ConfigError } from "../config.ts";
import { runEdge } from "../main.ts";
import type { Terminal } from "./terminal.ts";

/** 0 ended as told, 2 the configuration has mistakes, 3 a part could not start. */
const exitCodes = { done: 0, mistakes: 2, fault: 3 } as const;

/**
 * Serves a facility until SIGTERM, SIGINT, or, when another process started this one with a channel to it, until
 * that channel closes. A second signal ends at once.
 *
 * @returns the exit code
 */
export async function runDaemon(
  options: { readonly config: string; readonly data: string },
  terminal: Terminal,
): Promise<number> {
  try {
    const ending = toldToEnd();
    const edge = await runEdge({
      configFile: resolve(options.config),
      dataDir: resolve(options.data),
    });
    await ending;
    await edge.stop();
    return exitCodes.done;
  } catch (error) {
    if (error instanceof ConfigError) {
      terminal.complain(error.message);
      return exitCodes.mistakes;
    }
    if (!(error instanceof Fault)) throw error;
    terminal.complain(`${error.message}\n${error.hint}`);
    return exitCodes.fault;
  } finally {
    // An open channel to the process that started this one would keep it alive.
    if (process.connected) process.disconnect();
  }
}

function toldToEnd(): Promise<void> {
  return new Promise((end) => {
    process.once("SIGTERM", () => end());
    process.once("SIGINT", () => end());
    if (process.channel !== undefined) process.once("disconnect", () => end());
  });
}
