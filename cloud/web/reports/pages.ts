import type { FacilityPage } from "../frame/page.ts";
import { titles } from "./titles.ts";

/** The report pages of a facility, each a question that its manager asks. */
export const reportPages: readonly FacilityPage[] = [
  {
    part: "overview",
    title: titles.overview,
    group: "today",
    right: "see-reports",
    scope: "facility",
    load: () => import("./overview.tsx").then(({ OverviewPage }) => OverviewPage),
  },
  {
    part: "zones",
    title: titles.zones,
    group: "today",
    right: "see-reports",
    scope: "facility",
    load: () => import("./zones.tsx").then(({ ZonesPage }) => ZonesPage),
  },
  {
    part: "revenue",
    title: titles.revenue,
    group: "money",
    right: "see-money",
    scope: "facility",
    load: () => import("./revenue.tsx").then(({ RevenuePage }) => RevenuePage),
  },
  {
    part: "peaks",
    title: titles.peaks,
    group: "traffic",
    right: "see-reports",
    scope: "facility",
    load: () => import("./peaks.tsx").then(({ PeaksPage }) => PeaksPage),
  },
  {
    part: "figures",
    title: titles.figures,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    load: () => import("./figures.tsx").then(({ FiguresPage }) => FiguresPage),
  },
  {
    part: "outcomes",
    title: titles.outcomes,
    group: "reports",
    right: "see-money",
    scope: "facility",
    load: () => import("./outcomes.tsx").then(({ OutcomesPage }) => OutcomesPage),
  },
];
