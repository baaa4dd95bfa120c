import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { jsonOf } from "@gatehouse/shared/json-text";

const secretsName = "secrets.json";
/** A token that head office may know already, although nobody has heard its answer. */
const pendingName = "next-cloud-token.json";
const tokenBytes = 32;

/**
 * The facility's token at head office as `secrets.json` says it now: a command may have changed it since the daemon
 * began.
 *
 * @param known what the file said at the start; it holds while the file cannot be read
 */
export function tokenIn(file: string, known: string): () => string {
  let [token, stamp] = [known, stampOf(file)];
  return () => {
    const present = stampOf(file);
    if (present === undefined || present === stamp) return token;
    const told = objectIn(file)?.["cloud_token"];
    if (typeof told === "string") [token, stamp] = [told, present];
    return token;
  };
}

/**
 * A token that is to be made known to head office, kept before it is told: whoever is asked again is told the same one.
 *
 * @param reason what it is for; for another reason another token is made
 */
export function pendingToken(dataDir: string, reason: string): string {
  const file = join(dataDir, pendingName);
  const known = existsSync(file) ? objectIn(file) : undefined;
  if (known?.["reason"] === reason && typeof known["token"] === "string") return known["token"];
  const token = randomBytes(tokenBytes).toString("base64url");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writePrivate(file, { reason, token });
  return token;
}

/** The pending token will never be used. */
export const dropPending = (dataDir: string): void =>
  rmSync(join(dataDir, pendingName), { force: true });

/**
 * Makes the pending token the facility's own, in `secrets.json` beside whatever else stands there.
 *
 * @throws Error when the file is there and is not readable JSON
 */
export function keepPending(dataDir: string, token: string): void {
  const file = join(dataDir, secretsName);
  const secrets = existsSync(file) ? objectIn(file) : noSecrets;
  if (secrets === undefined) throw new Error(`${file} is not JSON: mend it first`);
  writePrivate(file, { ...secrets, cloud_token: token });
  dropPending(dataDir);
}

/** What the daemon needs at least of its secrets. */
const noSecrets = { mqtt: {}, readers: {}, operators: [], terminals: {} };

/** Whole or not at all, readable by the owner alone. */
function writePrivate(file: string, value: object): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

function objectIn(file: string): Readonly<Record<string, unknown>> | undefined {
  const value = jsonOf(readFileSync(file, "utf8"));
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}
