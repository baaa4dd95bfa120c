import type { FacilityPage } from "../frame/page.ts";
import { metricsWords } from "./metrics-words.ts";
import { storedWords } from "./stored-words.ts";

/** The reports that are kept, one of them, and the metrics of past moments. */
export const storedPages: readonly FacilityPage[] = [
  {
    part: "reports",
    title: storedWords.name,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    load: () => import("./stored-page.tsx").then(({ StoredPage }) => StoredPage),
  },
  {
    part: "report",
    title: storedWords.one,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    isHidden: true,
    load: () => import("./report-page.tsx").then(({ ReportPage }) => ReportPage),
  },
  {
    part: "metrics",
    title: metricsWords.name,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    load: () => import("./metrics-page.tsx").then(({ MetricsPage }) => MetricsPage),
  },
];
