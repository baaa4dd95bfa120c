import { inLanguage } from "./language.ts";

/** What fields say that narrow a list. */
const en = {
  all: "All",
  showAll: "Show all",
  takeAway: "Take this filter away",
};

const de: typeof en = {
  all: "Alle",
  showAll: "Alles zeigen",
  takeAway: "Diesen Filter entfernen",
};

const es: typeof en = {
  all: "Todo",
  showAll: "Mostrar todo",
  takeAway: "Quitar este filtro",
};

export const filterWords = inLanguage({ en, de, es });
