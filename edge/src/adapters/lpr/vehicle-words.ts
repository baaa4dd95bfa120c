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
