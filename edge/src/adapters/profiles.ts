import { existsSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { z } from "zod";

/** A board's profile that is missing or wrong. Its message names the file, the place in it and what to write. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

export type ProfileFolder = "barriers" | "gates" | "inputs" | "printers" | "sensors" | "signs";

const profiles = new URL("../../profiles/", import.meta.url);

/**
 * The names a configuration may use.
 *
 * @param own a site's own profiles, a folder with a folder of each kind; they come before ours of the same name
 */
export function profileNames(folder: ProfileFolder, own?: string): string[] {
  const names = [...filesOf(new URL(`${folder}/`, profiles)), ...filesOf(ownFolder(folder, own))];
  return [...new Set(names)].toSorted();
}

const ownFolder = (folder: ProfileFolder, own: string | undefined): URL | undefined =>
  own === undefined ? undefined : pathToFileURL(`${resolve(own, folder)}/`);

const filesOf = (folder: URL | undefined): string[] =>
  folder === undefined || !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter((file) => file.endsWith(".json"))
        .map((file) => file.slice(0, -".json".length));

/**
 * Reads one profile.
 *
 * @param own see `profileNames`
 * @throws ProfileError
 */
export function loadProfile<Shape extends z.ZodType>(
  folder: ProfileFolder,
  name: string,
  shape: Shape,
  own?: string,
): z.infer<Shape> {
  const known = profileNames(folder, own);
  if (!known.includes(name)) {
    throw new ProfileError(
      `there is no profile "${name}" in edge/profiles/${folder}: write ${known.join(", ")}`,
    );
  }
  const theirs = ownFolder(folder, own);
  const place = theirs !== undefined && filesOf(theirs).includes(name) ? theirs : undefined;
  const file = new URL(`${name}.json`, place ?? new URL(`${folder}/`, profiles));
  const shown = place === undefined ? `edge/profiles/${folder}/${name}.json` : fileURLToPath(file);
  return parseProfile(shown, readFileSync(file, "utf8"), shape);
}

/** @throws ProfileError naming `file`, each place in it and what to write there */
export function parseProfile<Shape extends z.ZodType>(
  file: string,
  text: string,
  shape: Shape,
): z.infer<Shape> {
  const result = shape.safeParse(parseJson(file, text));
  if (result.success) return result.data;
  const complaints = complaintsOf(result.error).map(
    ({ path, message }) => `${path || "the whole"}: ${message}`,
  );
  throw new ProfileError(`${file}: ${complaints.join("; ")}`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProfileError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
