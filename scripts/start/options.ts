import { parseArgs } from "node:util";

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly dataDir: string;
  readonly seed: number;
  /** First port; 0: any free ones. */
  readonly portBase: number;
  /** Virtual seconds a real second. */
  readonly speed: number;
  /** Real seconds from the moment everything is ready; undefined: until stopped. */
  readonly forSeconds: number | undefined;
  readonly json: boolean;
}

export const usage = `npm start -- [options]
  --data DIR        where everything is kept (default ./data)
  --seed N          which town of cars (default 1)
  --port-base P     first port: +0 kiosk and API, +1 camera pushes, +2 MQTT, +3 head office,
                    +4 and up the simulated devices (default 4700; 0: any free ports)
  --speed N         virtual seconds a real second (default 5)
  --for SECONDS     stop after so many real seconds, and sum up (default: run until Ctrl-C)
  --json            with --for: the last line on stdout is one JSON object`;

/** A command line that makes no sense; its message says what to write. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError */
export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args);
  return {
    dataDir: values.data ?? "data",
    seed: whole("--seed", values.seed ?? "1", 0, 2 ** 31),
    portBase: whole("--port-base", values["port-base"] ?? "4700", 0, 65_500),
    speed: number("--speed", values.speed ?? "5", 0.1, 100),
    forSeconds: values.for === undefined ? undefined : number("--for", values.for, 1, 86_400 * 30),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        seed: { type: "string" },
        "port-base": { type: "string" },
        speed: { type: "string" },
        for: { type: "string" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function number(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= from && value <= to)) {
    throw new UsageError(`${name} ${text}: write a number from ${from} to ${to}`);
  }
  return value;
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = number(name, text, from, to);
  if (!Number.isInteger(value)) throw new UsageError(`${name} ${text}: write a whole number`);
  return value;
}
