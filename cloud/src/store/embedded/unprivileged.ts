import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { chownSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const run = promisify(execFile);

/** `nobody` and `nogroup` on Linux. */
export const nobody = 65_534;
const probeLimitMs = 10_000;

/** How a program starts that refuses to be root: the command before its own, and the user it gets. */
export interface Footing {
  readonly prefix: readonly string[];
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

/**
 * Finds how PostgreSQL can start here. As root it gets a user namespace of its own, in which it is nobody and yet
 * reaches what root reaches, also below a folder of mode 0700. Where namespaces are refused it becomes `nobody`, and
 * its folders become that user's.
 *
 * @param isNamespaceAllowed false leaves the namespace out
 * @throws Error saying what to do, where neither way reaches the program and its folders
 */
export async function findFooting(
  program: string,
  folders: readonly string[],
  isNamespaceAllowed = true,
): Promise<Footing> {
  const plain: Footing = { prefix: [], identity: {} };
  if (process.getuid?.() !== 0) return withDeathSignal(plain, program);

  const namespaced: Footing = { prefix: ["unshare", "--user"], identity: {} };
  if (isNamespaceAllowed && (await works(namespaced, [program, "--version"])))
    return withDeathSignal(namespaced, program);

  const asNobody: Footing = { prefix: [], identity: { uid: nobody, gid: nobody } };
  for (const folder of folders) giveTo(nobody, folder);
  const probes = [[program, "--version"], ...folders.map((folder) => ["test", "-w", folder])];
  const reached = await Promise.all(probes.map((probe) => works(asNobody, probe)));
  if (reached.every(Boolean)) return withDeathSignal(asNobody, program);
  throw new Error(
    `PostgreSQL refuses to run as root, and as nobody it cannot reach ${[program, ...folders].join(" or ")}: ` +
      "run as another user, allow user namespaces (unshare --user), or set DATABASE_URL",
  );
}

/** Where util-linux is at hand the kernel itself stops PostgreSQL (fast) when this process is killed. */
async function withDeathSignal(footing: Footing, program: string): Promise<Footing> {
  const tied: Footing = {
    ...footing,
    prefix: [...footing.prefix, "setpriv", "--pdeathsig", "INT"],
  };
  return (await works(tied, [program, "--version"])) ? tied : footing;
}

async function works(footing: Footing, command: readonly string[]): Promise<boolean> {
  const [file = "", ...args] = [...footing.prefix, ...command];
  try {
    await run(file, args, { ...footing.identity, timeout: probeLimitMs, cwd: "/" });
    return true;
  } catch {
    return false;
  }
}

function giveTo(uid: number, folder: string): void {
  chownSync(folder, uid, uid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, uid);
}

export type OutputOnly = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the program in a session of its own, so that a Ctrl-C for this process is not one for it. */
export function spawnOn(footing: Footing, program: string, args: readonly string[]): OutputOnly {
  const [file = "", ...rest] = [...footing.prefix, program, ...args];
  return spawn(file, rest, {
    ...footing.identity,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    cwd: "/",
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
  });
}
