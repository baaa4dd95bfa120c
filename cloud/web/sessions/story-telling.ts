import { factOf } from "@gatehouse/shared/contracts/event";
import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import type { StoryLine } from "@gatehouse/shared/contracts/reports/story";
import { eventText } from "../event-words.ts";
import { momentText, moneyText } from "../format.ts";
import { language } from "../frame/language.ts";
import { stayText } from "./session-columns.tsx";
import { tellInGerman } from "./story-de.ts";
import { tellInEnglish } from "./story-en.ts";
import { tellInSpanish } from "./story-es.ts";
import type { Telling } from "./story-saying.ts";

const tellings: Readonly<Record<typeof language, Telling>> = {
  en: tellInEnglish,
  de: tellInGerman,
  es: tellInSpanish,
};

/**
 * A line of the ledger in the page's language. What it has no sentence for is head office's own, in English; in another
 * language it is named first.
 */
export function tellLine(line: StoryLine, { timezone, currency }: ReportAbout): string {
  const fact = factOf(line);
  const told =
    fact &&
    tellings[language](fact, {
      money: (minor) => moneyText(minor, currency),
      moment: (at) => momentText(at, timezone),
      stay: stayText,
    });
  if (told !== undefined) return told;
  return language === "en" ? line.sentence : `${eventText(line.type)}: ${line.sentence}`;
}
