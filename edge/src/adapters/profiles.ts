import { readFileSync, readdirSync } from "node:fs";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { z } from "zod";

/** A board's profile that is missing or wrong. Its message names the file, the place in it and what to write. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

export type ProfileFolder = "gates" | "inputs";

const profiles = new URL("../../profiles/", import.meta.url);

/** The names a configuration may use. */
export function profileNames(folder: ProfileFolder): string[] {
  return readdirSync(new URL(`${folder}/`, profiles))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .toSorted();
}

/**
 * Reads one board's profile.
 *
 * @throws ProfileError
 */
export function loadProfile<Shape extends z.ZodType>(
  folder: ProfileFolder,
  name: string,
  shape: Shape,
): z.infer<Shape> {
  const known = profileNames(folder);
  if (!known.includes(name)) {
    throw new ProfileError(
      `there is no profile "${name}" in edge/profiles/${folder}: write ${known.join(", ")}`,
    );
  }
  const text = readFileSync(new URL(`${folder}/${name}.json`, profiles), "utf8");
  return parseProfile(`edge/profiles/${folder}/${name}.json`, text, shape);
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
