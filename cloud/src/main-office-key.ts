import { randomBytes } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./config.ts";
import { officeKeyBytes } from "./domain/people/office-key.ts";

/**
 * Head office's key, `head-office.key` beside its data: 64 hex digits that the owner alone can read. It is made once.
 * Without it no second factor can be checked any more, so it belongs into every backup.
 *
 * @throws ConfigError when others can read it, or it is no key
 */
export function officeKeyIn(folder: string): Uint8Array {
  const file = join(folder, "head-office.key");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) makeKey(file);
  if ((statSync(file).mode & 0o077) !== 0)
    throw new ConfigError([`${file}: others can read it: chmod 600 ${file}`]);
  const text = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new ConfigError([`${file}: it is no key: put the right one back from a backup`]);
  return Buffer.from(text, "hex");
}

/** Of two processes that start together one makes it, whole, and both read it. */
function makeKey(file: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${randomBytes(officeKeyBytes).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    unlinkSync(own);
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
