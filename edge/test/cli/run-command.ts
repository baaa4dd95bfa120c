import { runCommandLine } from "@gatehouse/edge/cli/commands";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** Runs one command as a technician would, at a terminal that is none. */
export async function gatehouse(...args: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runCommandLine(args, {
    env: {},
    terminal: {
      print: (text) => void out.push(text),
      complain: (text) => void complaints.push(text),
      isInteractive: false,
    },
    random: new SeededRandom(7),
    userName: "chen",
    runDaemon: () => Promise.resolve(0),
  });
  return { code, out: out.join("\n"), complaints: complaints.join("\n") };
}
