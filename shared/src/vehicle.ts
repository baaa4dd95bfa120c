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

/**
 * What a camera's or detector's word for a vehicle means here, however it is written.
 *
 * @returns `unknown` for a vehicle that we have no word for; undefined for what is no vehicle (a person, a dog)
 */
export const vehicleNamed = (word: string): VehicleClass | undefined =>
  meaning.get(word.toLowerCase().replaceAll(/[\s_]+/g, "-"));

const words: Readonly<Record<VehicleClass, readonly string[]>> = {
  car: [
    "car",
    "auto",
    "automobile",
    "sedan",
    "saloon",
    "hatchback",
    "estate",
    "coupe",
    "suv",
    "taxi",
  ],
  motorcycle: ["motorcycle", "motorbike", "motor", "moped", "scooter"],
  truck: ["truck", "lorry", "pickup", "pickup-truck"],
  bus: ["bus", "coach", "minibus"],
  van: ["van", "minivan", "delivery-van"],
  bicycle: ["bicycle", "bike", "cycle"],
  unknown: [
    "unknown",
    "vehicle",
    "other-vehicle",
    "others",
    "trailer",
    "caravan",
    "camper",
    "tricycle",
  ],
};

const meaning: ReadonlyMap<string, VehicleClass> = new Map(
  (Object.keys(words) as VehicleClass[]).flatMap((vehicle) =>
    words[vehicle].map((word) => [word, vehicle] as const),
  ),
);
