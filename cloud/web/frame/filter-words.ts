import { inLanguage } from "./language.ts";

/** What fields say that narrow a list, and what asks before it acts. */
const en = {
  all: "All",
  showAll: "Show all",
  takeAway: "Take this filter away",
  leaveIt: "Leave it",
};

const de: typeof en = {
  all: "Alle",
  showAll: "Alles zeigen",
  takeAway: "Diesen Filter entfernen",
  leaveIt: "Lassen",
};

const es: typeof en = {
  all: "Todo",
  showAll: "Mostrar todo",
  takeAway: "Quitar este filtro",
  leaveIt: "Dejarlo",
};

export const filterWords = inLanguage({ en, de, es });
