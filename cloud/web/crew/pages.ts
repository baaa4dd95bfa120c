import type { FacilityPage } from "../frame/page.ts";
import { customWords } from "./custom-words.ts";
import { staffWords } from "./staff-words.ts";

/** The people who work at a facility, and those who park there. */
export const crewPages: readonly FacilityPage[] = [
  {
    part: "staff",
    title: staffWords.name,
    group: "people",
    right: "see-people",
    scope: "facility",
    load: () => import("./staff-page.tsx").then(({ StaffPage }) => StaffPage),
  },
  {
    part: "customers",
    title: customWords.name,
    group: "people",
    right: "see-reports",
    scope: "facility",
    load: () => import("./custom-page.tsx").then(({ CustomPage }) => CustomPage),
  },
];
