import { fork } from "node:child_process";
import { z } from "zod";
import type { ModelKind } from "./card.ts";

/** What a model turned out to be when it was loaded: in words, for a person. */
export type Proof =
  | { readonly kind: "readable"; readonly family: string }
  | { readonly kind: "unreadable"; readonly detail: string };

/** A model that takes longer to load and run once is of no use to a camera. */
const patienceMs = 60_000;

const Told = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("readable"), family: z.string() }),
  z.object({ kind: z.literal("unreadable"), detail: z.string() }),
]);

/**
 * Loads a model once as the daemon would, in a process of its own: a file that crashes, hangs or eats the memory
 * of its reader is found out here.
 */
export function proveReadable(file: string, kind: ModelKind): Promise<Proof> {
  return new Promise((resolve) => {
    const child = fork(new URL("./proof-process.ts", import.meta.url), [file, kind], {
      execArgv: [],
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      timeout: patienceMs,
      killSignal: "SIGKILL",
    });
    let proof: Proof | undefined;
    child.on("message", (raw: unknown) => (proof = Told.safeParse(raw).data));
    child.on("error", (error) => resolve({ kind: "unreadable", detail: error.message }));
    child.on("close", (code, signal) => {
      const ended = signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve(proof ?? { kind: "unreadable", detail: `loading it ended with ${ended}` });
    });
  });
}
