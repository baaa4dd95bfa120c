import type { RuleWord } from "@gatehouse/shared/contracts/rules/access";
import type { FacilityPage } from "../frame/page.ts";
import { accessWords } from "./access-words.ts";
import { tariffWords } from "./tariff-words.ts";

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
  {
    part: "tariffs",
    title: tariffWords.name,
    group: "rules",
    right: "see-facilities",
    scope: "facility",
    load: () => import("./tariffs-page.tsx").then(({ TariffsPage }) => TariffsPage),
  },
  {
    part: "tariff",
    title: tariffWords.editName,
    group: "rules",
    right: "set-prices",
    scope: "facility",
    isHidden: true,
    load: () => import("./tariff-page.tsx").then(({ TariffPage }) => TariffPage),
  },
  rulePage("permits"),
  rulePage("pools"),
  rulePage("lists"),
  rulePage("visitors"),
  rulePage("reservations"),
];
