import type { RuleWord } from "@gatehouse/shared/contracts/rules/access";
import type { FacilityPage } from "../frame/page.ts";
import { accessWords } from "./access-words.ts";

const rulePage = (word: RuleWord): FacilityPage => ({
  part: word,
  title: accessWords.title[word],
  group: "rules",
  right: "see-sessions",
  scope: "facility",
  load: () => import("./rule-page.tsx").then(({ rulePageOf }) => rulePageOf(word)),
});

/** What head office decides for a facility: what it costs, and who may park there. */
export const rulePages: readonly FacilityPage[] = [
  rulePage("permits"),
  rulePage("pools"),
  rulePage("lists"),
  rulePage("visitors"),
  rulePage("reservations"),
];
