import { type VehicleClass, vehicleNamed } from "@gatehouse/shared/vehicle";

/** What a plate camera's word for a vehicle means; what no camera has told us about is `unknown`. */
export const vehicleClassOf = (word: string | null | undefined): VehicleClass =>
  vendorWords.get((word ?? "").toLowerCase().replaceAll(/[\s_-]/g, "")) ??
  vehicleNamed(word ?? "") ??
  "unknown";

/** Spaces, dashes and capitals left out. A pickup pays as a car, whatever it may carry. */
const vendorWords: ReadonlyMap<string, VehicleClass> = new Map<string, VehicleClass>([
  ...[
    "vehicle",
    "passengercar",
    "smallcar",
    "minicar",
    "largecar",
    "suvmpv",
    "mpv",
    "salooncar",
  ].map((word) => [word, "car"] as const),
  ...["pickup", "pickuptruck", "truckstandard", "sedanstandard", "sedancompact", "sedansports"].map(
    (word) => [word, "car"] as const,
  ),
  ...["sedanwagon", "suvstandard", "suvcrossover", "stationwagon", "convertible", "jeep"].map(
    (word) => [word, "car"] as const,
  ),
  ...["buggy", "lighttruck", "vanmini", "vanfull"].map((word) => [word, "van"] as const),
  ...["largetruck", "bigtruck", "heavytruck", "midtruck", "mediumtruck", "tractortrailer"].map(
    (word) => [word, "truck"] as const,
  ),
  ...["largebus", "mediumbus"].map((word) => [word, "bus"] as const),
  ...["twowheelvehicle", "motorbike"].map((word) => [word, "motorcycle"] as const),
  ["nonmotorvehicle", "bicycle"],
]);

/**
 * A plate camera's word for a colour as ours, to be spread into a sighting: nothing where it tells none, or one that
 * no camera has told us about.
 */
export function colourOf(word: string | null | undefined): { readonly vehicleColour?: string } {
  const told = (word ?? "").toLowerCase().replaceAll(/[^a-z]/g, "");
  const colour = vendorColours.get(told) ?? (colours.has(told) ? told : undefined);
  return colour === undefined ? {} : { vehicleColour: colour };
}

const colours = new Set(
  "black white grey silver red blue green yellow orange brown beige gold pink purple".split(" "),
);

/** Letters only, without capitals. */
const vendorColours: ReadonlyMap<string, string> = new Map([
  ["gray", "grey"],
  ["silvergray", "silver"],
  ["silvergrey", "silver"],
  ["darkgray", "grey"],
  ["darkblue", "blue"],
  ["lightblue", "blue"],
  ["cyan", "blue"],
  ["violet", "purple"],
  ["golden", "gold"],
  ["tan", "beige"],
]);
