import { pathText } from "@gatehouse/shared/contracts/problem";
import { expect, test } from "vitest";
import { checkCountries, knownCountries } from "../src/config-countries.ts";
import { readPlateProfiles } from "../src/vision/plate/profile.ts";

test("a country whose plates nobody has described is named, with those that there are", () => {
  const complaints: string[] = [];
  const value = {
    facility: { countries: ["AT", "XX", "austria"] },
    cameras: [{ plate_countries: ["DE"] }, { plate_countries: ["DE", "ZZ", "DE"] }],
  };
  checkCountries(value, (path, message) => complaints.push(`${pathText(path)}: ${message}`));
  const known = knownCountries().join(", ");
  expect(complaints).toEqual([
    `facility.countries[1]: nobody has described the plates of XX; write some of: ${known}`,
    `cameras[1].plate_countries[1]: nobody has described the plates of ZZ; write some of: ${known}`,
    "cameras[1].plate_countries[2]: DE stands there twice; once is enough",
  ]);
});

test("a profile is named by its country", () => {
  const own = readPlateProfiles().map(({ country }) => country);
  expect(knownCountries()).toEqual(own.toSorted());
});
