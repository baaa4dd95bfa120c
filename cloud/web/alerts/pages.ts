import type { Page } from "../frame/page.ts";
import { alertPageWords } from "./alert-page-words.ts";

/** Alerts of all facilities, and one of them with what it rests on. */
export const alertPages: readonly Page[] = [
  {
    part: "alerts",
    title: alertPageWords.name,
    group: "today",
    right: "see-facilities",
    scope: "whole",
    load: () => import("./alerts-page.tsx").then(({ AlertsPage }) => AlertsPage),
  },
  {
    part: "alert",
    title: alertPageWords.one,
    group: "today",
    right: "see-facilities",
    scope: "facility",
    isHidden: true,
    load: () => import("./alert-page.tsx").then(({ AlertPage }) => AlertPage),
  },
];
