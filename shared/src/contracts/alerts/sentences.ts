import { german } from "./words-de.ts";
import { english } from "./words-en.ts";
import { spanish } from "./words-es.ts";

const sentences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: english,
  de: german,
  es: spanish,
};

/**
 * What an alert says, without its subject.
 *
 * @param locale a language tag; its first two letters choose, and English stands for any other
 */
export function alertSentence(type: string, locale: string): string {
  const own = sentences[locale.slice(0, 2).toLowerCase()] ?? sentences["en"];
  return own?.[type] ?? type.replaceAll(/[-_]/g, " ").replace(/^./, (first) => first.toUpperCase());
}
