import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";

const folder = fileURLToPath(new URL("../../../profiles/plates", import.meta.url));

/** All profiles, in the order of their countries. @throws ZodError for a file that is none: they come with the program */
export const readPlateProfiles = (): PlateProfile[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => PlateProfile.parse(JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))));
