import { runCommandLine } from "@gatehouse/edge/cli/commands";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** What a command finds where it is run. */
export interface Place {
  readonly env?: Readonly<Record<string, string>>;
  readonly isInteractive?: boolean;
  /** Makes the ids of requests: one that is kept over several commands makes each request another one. */
  readonly random?: SeededRandom;
}

/** Runs one command as a technician would, at a terminal that is none. */
export const gatehouse = (...args: readonly string[]): Promise<Said> => gatehouseAt({}, ...args);

export async function gatehouseAt(place: Place, ...args: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runCommandLine(args, {
    env: place.env ?? {},
    terminal: {
      print: (text) => void out.push(text),
      complain: (text) => void complaints.push(text),
      isInteractive: place.isInteractive ?? false,
    },
    random: place.random ?? new SeededRandom(7),
    userName: "chen",
    runDaemon: () => Promise.resolve(0),
  });
  return { code, out: out.join("\n"), complaints: complaints.join("\n") };
}
