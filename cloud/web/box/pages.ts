import type { FacilityPage } from "../frame/page.ts";
import { boxWords } from "./box-words.ts";

/** The computer at a facility that speaks with head office: its tokens, and codes to join with. */
export const boxPages: readonly FacilityPage[] = [
  {
    part: "box",
    title: boxWords.name,
    group: "people",
    right: "enrol-facilities",
    scope: "facility",
    load: () => import("./box-page.tsx").then(({ BoxPage }) => BoxPage),
  },
];
