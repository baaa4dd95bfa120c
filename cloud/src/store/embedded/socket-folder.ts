import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { nobody } from "./unprivileged.ts";

/** The kernel allows 107 bytes for a socket's path; the names that we put below take up to 20. */
const longestFolder = 80;

/**
 * The short folder, of this user alone, that holds the sockets of a database whose own path may be too long for them.
 * It is made once and recorded in the data folder; one that is gone or no longer ours is replaced.
 */
export function socketFolder(home: string): string {
  const record = join(home, "socket-folder");
  const known = readRecord(record);
  if (known !== undefined && isOurs(known)) return known;
  const parent = tmpdir().length + "/gatehouse-XXXXXX".length <= longestFolder ? tmpdir() : "/tmp";
  const made = mkdtempSync(join(parent, "gatehouse-"));
  writeFileSync(record, made, { mode: 0o600 });
  return made;
}

function readRecord(record: string): string | undefined {
  try {
    return readFileSync(record, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** In a folder that everybody may write to, a name alone proves nothing. */
function isOurs(folder: string): boolean {
  const facts = lstatSync(folder, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isDirectory() || (facts.mode & 0o077) !== 0) return false;
  const self = process.getuid?.();
  return facts.uid === self || (self === 0 && facts.uid === nobody);
}

/**
 * Takes the one place of a data folder's owner; the kernel gives it back when this process ends, however it ends.
 *
 * @throws Fault `already-running` while another process holds it
 */
export async function takeOwnership(folder: string, home: string): Promise<Server> {
  const path = join(folder, "owner");
  const first = await listenOn(path);
  if (first !== undefined) return first;
  if (await answers(path)) throw alreadyRunning(home);
  rmSync(path, { force: true });
  const second = await listenOn(path);
  if (second === undefined) throw alreadyRunning(home);
  return second;
}

const alreadyRunning = (home: string): Fault =>
  new Fault("already-running", `another process keeps its database in ${home}`);

function listenOn(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server.unref()));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
  });
}
