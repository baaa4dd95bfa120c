import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";

/** The kernel's limit is 108 bytes with the closing zero on Linux and 104 on macOS. */
const pathBytesMax = 100;
/** Tries to replace what a dead daemon left; more than one may try at the same moment. */
const claimsMax = 5;

const shortPrefix = "gatehouse-";

/** Gives the socket up again: what lies beside it is removed; the socket itself goes with its server. */
export type Release = () => void;

/**
 * Binds the server to the data folder's control socket. Binding is the lock: one folder, one daemon.
 *
 * The socket is `control.sock` in the folder. Where that path is too long for a socket it lies in a short folder
 * under the system's temporary one, and the file `control-socket` in the data folder, which only one daemon can
 * create, says where. Only its owner may open it.
 *
 * @throws Fault `already-running` when a daemon answers there
 */
export async function claimSocket(server: Server, dataDir: string): Promise<Release> {
  const folder = resolve(dataDir);
  const own = join(folder, "control.sock");
  if (Buffer.byteLength(own) > pathBytesMax) return claimElsewhere(server, folder);
  await claim(
    own,
    () => bind(server, own),
    () => own,
  );
  return () => undefined;
}

async function claimElsewhere(server: Server, folder: string): Promise<Release> {
  const short = mkdtempSync(join(tmpdir(), shortPrefix));
  const path = join(short, "control.sock");
  const record = join(folder, "control-socket");
  const draft = join(folder, `.${basename(short)}`);
  let before = "";
  try {
    await bind(server, path);
    writeFileSync(draft, path, { mode: 0o600 });
    // A link appears whole or not at all, and only once.
    await claim(
      record,
      () => linkSync(draft, record),
      () => (before = textOf(record)),
    );
  } catch (error) {
    if (server.listening) server.close();
    rmSync(short, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  removeShortFolder(before);
  return () => {
    rmSync(record, { force: true });
    rmSync(short, { recursive: true, force: true });
  };
}

/** What a dead daemon left in the system's temporary folder; nothing else, whatever its record says. */
function removeShortFolder(socket: string): void {
  const folder = dirname(socket);
  const isOurs = dirname(folder) === tmpdir() && basename(folder).startsWith(shortPrefix);
  if (isOurs) rmSync(folder, { recursive: true, force: true });
}

/**
 * Creates a file that must not exist yet; one that a dead daemon left is removed first.
 *
 * @param socketOf where the owner of the present file would answer; "" when it does not say
 */
async function claim(
  file: string,
  create: () => void | Promise<void>,
  socketOf: () => string,
): Promise<void> {
  for (let tries = 0; tries < claimsMax; tries += 1) {
    if (await created(create)) return;
    const seen = identityOf(file);
    if (seen === undefined) continue;
    if (await answers(socketOf())) break;
    if (identityOf(file) === seen) rmSync(file, { force: true });
  }
  throw new Fault("already-running", `a daemon answers for ${dirname(file)}`);
}

async function created(create: () => void | Promise<void>): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE" || codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Binds with nobody else allowed in, from the first moment on. */
function bind(server: Server, path: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    const before = process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off("error", failed);
        chmodSync(path, 0o600);
        done();
      });
    } finally {
      process.umask(before);
    }
  });
}

/** A daemon that hangs still answers a connect: the kernel does it. Only a dead one refuses. */
function answers(path: string): Promise<boolean> {
  if (path === "") return Promise.resolve(false);
  return new Promise((resolved) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolved(true);
    });
    socket.once("error", (error) => {
      const code = codeOf(error);
      resolved(code !== "ECONNREFUSED" && code !== "ENOENT" && code !== "ENOTSOCK");
    });
  });
}

/** Names this very file, so that one put in its place meanwhile is not removed. */
function identityOf(file: string): string | undefined {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino} ${stat.ctimeNs}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
