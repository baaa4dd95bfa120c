import { tongueFor } from "../../../shared/web/tongue.ts";

/** The languages in which head office speaks, and what each calls itself. */
export const languages = { en: "English", de: "Deutsch", es: "Español" } as const;
export type Language = keyof typeof languages;

const keptAt = "gatehouse-language";

const isLanguage = (text: string | null): text is Language => text !== null && text in languages;

/** What was chosen on this browser; undefined: the browser's own wish counts. */
export const chosenLanguage: Language | undefined = readChoice();

function readChoice(): Language | undefined {
  try {
    const kept = localStorage.getItem(keptAt);
    return isLanguage(kept) ? kept : undefined;
  } catch {
    // A browser may refuse to keep anything.
    return undefined;
  }
}

/**
 * The languages wished for, best first: what was chosen, in the browser's own variety where it has one ("es-MX"), then
 * what the browser asks for.
 */
export const wishedLanguages = (
  chosen: Language | undefined,
  browser: readonly string[],
): readonly string[] =>
  chosen === undefined
    ? browser
    : [...browser.filter((each) => each.split("-")[0] === chosen), chosen, ...browser];

const spoken = tongueFor<{ readonly language: Language }>(
  [{ language: "en" }, { language: "de" }, { language: "es" }],
  wishedLanguages(chosenLanguage, navigator.languages),
);

/** The language in which this page speaks, as long as it stays open. */
export const language: Language = spoken.words.language;
/** How numbers and times are written: "de-AT". */
export const locale: string = spoken.locale;

/** The one of a catalog's languages in which the page speaks. */
export const inLanguage = <Words>(catalog: Readonly<Record<Language, Words>>): Words =>
  catalog[language];

/** Keeps a choice in this browser and shows the page anew. */
export function chooseLanguage(chosen: Language): void {
  try {
    localStorage.setItem(keptAt, chosen);
  } catch {
    return;
  }
  location.reload();
}
