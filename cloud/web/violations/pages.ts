import type { FacilityPage } from "../frame/page.ts";
import { violationPageWords } from "./violation-page-words.ts";

/** A facility's violations, and one of them step by step. */
export const violationPages: readonly FacilityPage[] = [
  {
    part: "violations",
    title: violationPageWords.name,
    group: "rules",
    right: "see-sessions",
    scope: "facility",
    load: () => import("./violations-page.tsx").then(({ ViolationsPage }) => ViolationsPage),
  },
  {
    part: "violation",
    title: violationPageWords.one,
    group: "rules",
    right: "see-sessions",
    scope: "facility",
    isHidden: true,
    load: () => import("./violation-page.tsx").then(({ ViolationPage }) => ViolationPage),
  },
];
