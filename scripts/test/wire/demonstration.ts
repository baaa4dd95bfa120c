import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm start` as a process of its own, without npm in between. */
export class RunningStart {
  readonly #process: ChildProcess;
  readonly #ended: Promise<Ended>;
  #stdout = "";
  #stderr = "";

  constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, [join(root, "scripts/start.mjs"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process.stdout?.on("data", (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.#process.stderr?.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#ended = new Promise((end) => {
      this.#process.once("close", (code) =>
        end({ code, stdout: this.#stdout, stderr: this.#stderr }),
      );
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits until it has printed `text`. @throws Error with what it printed instead, when it ends before */
  async printed(text: string): Promise<void> {
    while (!this.#stderr.includes(text)) {
      const ended = await Promise.race([this.#ended, wait(100)]);
      if (ended !== undefined)
        throw new Error(`it ended with ${ended.code}:\n${ended.stderr}${ended.stdout}`);
    }
  }

  /** Where head office is, as it says itself. */
  get office(): string {
    return /Head office\s+(http:\S+)/.exec(this.#stderr)?.[1] ?? "";
  }

  /** The processes it has started, by what they run. */
  children(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const started = commandOf(Number(pid), this.pid);
      if (started !== undefined) found.set(started, Number(pid));
    }
    return found;
  }
}

function commandOf(pid: number, parent: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) !== parent) return undefined;
    return /(\w[\w-]*)\.mjs/.exec(readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}

/** Resolves as soon as `condition` holds; the test's own limit ends a wait that has no end. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(100);
}

const wait = (ms: number): Promise<undefined> =>
  new Promise((done) => setTimeout(() => done(undefined), ms));

/** One command of the technician's command line. */
export function gatehouse(args: readonly string[]): {
  code: number | null;
  stdout: string;
  stderr: string;
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "edge/bin/gatehouse.mjs"), ...args],
    {
      encoding: "utf8",
    },
  );
  return { code: status, stdout, stderr };
}
