/** Classes that tariffs and statistics know (requirements T3, plus van and bicycle); prices fall back to car. */
export const vehicleClasses = [
  "car",
  "motorcycle",
  "truck",
  "bus",
  "van",
  "bicycle",
  "unknown",
] as const;
export type VehicleClass = (typeof vehicleClasses)[number];
