import { readdirSync } from "node:fs";
import { listAt, memberOf, type Say } from "./config-values.ts";

const folder = new URL("../profiles/plates/", import.meta.url);

/** Countries whose way of writing plates is known (ISO 3166): each has a profile of its name. */
export const knownCountries = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length).toUpperCase())
    .toSorted();

/** A country whose plates nobody has described would be taken and do nothing. */
export function checkCountries(value: unknown, say: Say): void {
  checkList(memberOf(value, "facility"), "countries", (path, message) =>
    say(["facility", ...path], message),
  );
  for (const [index, camera] of listAt(value, "cameras").entries()) {
    checkList(camera, "plate_countries", (path, message) =>
      say(["cameras", index, ...path], message),
    );
  }
}

function checkList(of: unknown, key: string, say: Say): void {
  const named = listAt(of, key);
  const known = named.length === 0 ? [] : knownCountries();
  for (const [index, country] of named.entries()) {
    // Other shapes have their own complaint.
    if (typeof country !== "string" || !/^[A-Z]{2}$/.test(country)) continue;
    if (!known.includes(country)) {
      const names = known.join(", ");
      say([key, index], `nobody has described the plates of ${country}; write some of: ${names}`);
    } else if (named.indexOf(country) < index) {
      say([key, index], `${country} stands there twice; once is enough`);
    }
  }
}
