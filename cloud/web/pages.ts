import { accountPages } from "./account/pages.ts";
import { alertPages } from "./alerts/pages.ts";
import { boxPages } from "./box/pages.ts";
import { crewPages } from "./crew/pages.ts";
import { devicePages } from "./devices/pages.ts";
import type { Page } from "./frame/page.ts";
import { outlookPages } from "./outlook/pages.ts";
import { messagePages } from "./messages/pages.ts";
import { paymentPages } from "./payments/pages.ts";
import { peopleWords } from "./people-words.ts";
import { reportPages } from "./reports/pages.ts";
import { rulePages } from "./rules/pages.ts";
import { sessionPages } from "./sessions/pages.ts";
import { spacePages } from "./spaces/pages.ts";
import { storedPages } from "./stored/pages.ts";
import { violationPages } from "./violations/pages.ts";
import { vehiclePages } from "./vehicles/pages.ts";
import { words } from "./words.ts";

/*
 * Every page of head office. The navigation, the addresses and the browser test over all pages are made from this list.
 *
 * A page is added so:
 * 1. Its area has a folder `cloud/web/AREA/` with a list `pages.ts` of its own, which is spread in below. That list
 *    imports words alone: everything else comes when a page is first looked at.
 * 2. An entry names its `part` of the address, its `title`, the `group` and the `right` that it takes, whether it is
 *    about one `facility` or the `whole`, and how it is loaded: `load: () => import("./x.tsx").then(({ X }) => X)`.
 * 3. Its component takes `{ facility, question }` (or `{ question }`), begins with `PageHead` or `ReportHead`, asks with
 *    `useAnswer(path, contract)` and shows what it hears inside `Answered`, which draws the states. Lists that come in
 *    pages: `usePages`. What is chosen on it stands in the address: `askPage({ method: "card" })`.
 * 4. Its words stand in a catalog of its own in English, German and Spanish: `inLanguage({ en, de, es })`. Its style,
 *    if it needs any, is a sheet that its component imports.
 * 5. The test over all pages (`cloud/test/browser/pages.test.ts`) opens it by itself.
 */
export const pages: readonly Page[] = [
  {
    part: "",
    title: words.backToAll,
    group: "today",
    right: "see-facilities",
    scope: "whole",
    load: () => import("./office.tsx").then(({ Office }) => Office),
  },
  {
    part: "people",
    title: peopleWords.people,
    group: "people",
    right: "see-people",
    scope: "whole",
    load: () => import("./people.tsx").then(({ People }) => People),
  },
  ...reportPages,
  ...paymentPages,
  ...rulePages,
  ...sessionPages,
  ...vehiclePages,
  ...spacePages,
  ...crewPages,
  ...storedPages,
  ...accountPages,
  ...outlookPages,
  ...alertPages,
  ...messagePages,
  ...devicePages,
  ...violationPages,
  ...boxPages,
];
