import type { FacilityPage } from "../frame/page.ts";
import { vehicleWords } from "./vehicle-words.ts";

/** One vehicle by its plate. */
export const vehiclePages: readonly FacilityPage[] = [
  {
    part: "vehicle",
    title: vehicleWords.name,
    group: "traffic",
    right: "see-sessions",
    scope: "facility",
    load: () => import("./vehicle-page.tsx").then(({ VehiclePage }) => VehiclePage),
  },
];
