import { readFileSync, statSync } from "node:fs";
import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { Secrets } from "@gatehouse/shared/contracts/secrets";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { LineCounter, parseDocument } from "yaml";
import { type Complaint, crossChecksOf } from "./config-checks.ts";

/** Everything that is wrong with a configuration, at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly complaints: readonly Complaint[];

  constructor(file: string, complaints: readonly Complaint[]) {
    const lines = complaints.map(({ path, message }) => `  ${path || "(whole file)"}: ${message}`);
    super(`${file} has ${complaints.length} mistake(s):\n${lines.join("\n")}`);
    this.complaints = complaints;
  }
}

/**
 * Reads and checks `facility.yaml`, whole: shapes first, then what belongs together across fields.
 *
 * @param complete fills in what the file leaves to something that it names, for example the barriers' presets
 * @throws ConfigError with every complaint, each with its path and what to write
 */
export function loadConfig(
  file: string,
  complete: (value: unknown) => unknown = (value) => value,
): FacilityConfig {
  const value = complete(readYaml(file));
  const parsed = FacilityConfig.safeParse(value);
  if (!parsed.success)
    throw new ConfigError(file, [...complaintsOf(parsed.error), ...crossChecksOf(value)]);
  const complaints = crossChecksOf(parsed.data);
  if (complaints.length > 0) throw new ConfigError(file, complaints);
  return Object.freeze(parsed.data);
}

/**
 * Reads `secrets.json`.
 *
 * @throws ConfigError when it is missing, open to others, or does not fit
 */
export function loadSecrets(file: string): Secrets {
  let text: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new ConfigError(file, [{ path: "", message: "others may read it; write: chmod 600" }]);
    }
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(file, [
      { path: "", message: "cannot be read; the daemon needs its secrets beside its book" },
    ]);
  }
  const parsed = Secrets.safeParse(parseJson(file, text));
  if (!parsed.success) throw new ConfigError(file, complaintsOf(parsed.error));
  return parsed.data;
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new ConfigError(file, [
      { path: "", message: "cannot be read; name the file with --config" },
    ]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const complaints = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { path: `line ${line}, column ${col}`, message: error.message.split("\n")[0] ?? "" };
    });
    throw new ConfigError(file, complaints);
  }
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new ConfigError(file, [
      { path: "", message: "uses YAML aliases (*name); write each part out" },
    ]);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(file, [
      { path: "", message: `is not JSON: ${(error as Error).message}` },
    ]);
  }
}
