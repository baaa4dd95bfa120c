import type { FacilityPage } from "../frame/page.ts";
import { adviceWords } from "./advice-words.ts";
import { forecastWords } from "./forecast-words.ts";
import { retentionWords } from "./retention-words.ts";
import { sustainabilityWords } from "./sustainability-words.ts";

/** What is coming, what to do about it, what was saved, and how long what is kept. */
export const outlookPages: readonly FacilityPage[] = [
  {
    part: "forecast",
    title: forecastWords.name,
    group: "money",
    right: "see-money",
    scope: "facility",
    load: () => import("./forecast-page.tsx").then(({ ForecastPage }) => ForecastPage),
  },
  {
    part: "advice",
    title: adviceWords.name,
    group: "money",
    right: "see-money",
    scope: "facility",
    load: () => import("./advice-page.tsx").then(({ AdvicePage }) => AdvicePage),
  },
  {
    part: "sustainability",
    title: sustainabilityWords.name,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    load: () =>
      import("./sustainability-page.tsx").then(({ SustainabilityPage }) => SustainabilityPage),
  },
  {
    part: "retention",
    title: retentionWords.name,
    group: "reports",
    right: "see-reports",
    scope: "facility",
    load: () => import("./retention-page.tsx").then(({ RetentionPage }) => RetentionPage),
  },
];
