import { userInfo } from "node:os";
import { SystemRandom } from "./adapters/system-random.ts";
import { runCommandLine } from "./cli/commands.ts";
import type { Terminal } from "./cli/terminal.ts";

/** The command line of this process: its arguments, its terminal, its exit code. */
export async function main(): Promise<void> {
  // `gatehouse … | head -1` closes the pipe early; that is no failure.
  process.stdout.on("error", (error) => {
    if (!("code" in error) || error.code !== "EPIPE") throw error;
  });
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    env: process.env,
    terminal: ownTerminal,
    random: new SystemRandom(),
    userName: userName(),
    runDaemon: async (options) => (await import("./cli/run.ts")).runDaemon(options, ownTerminal),
  });
}

const ownTerminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  isInteractive: process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "",
};

/** A user id without a name (a bare container) has none. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? "technician";
  }
}
