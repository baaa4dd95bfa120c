import type { FacilityPage } from "../frame/page.ts";
import { reportWords as words } from "./report-words.ts";

/** The report pages of a facility, each a question that its manager asks. */
export const reportPages: readonly FacilityPage[] = [
  {
    part: "overview",
    title: words.overview.title,
    group: "today",
    right: "see-reports",
    scope: "facility",
    load: () => import("./overview.tsx").then(({ OverviewPage }) => OverviewPage),
  },
];
