/** What a page says, in one language. */
export interface Tongue<Words> {
  readonly words: Words;
  /** As the browser asks for it, for numbers and times: "de-AT". */
  readonly locale: string;
}

/**
 * Finds the language in which a page speaks; the first one is for those who ask for none of them.
 *
 * @param wanted the browser's languages, best first
 */
export function tongueFor<Words extends { readonly language: string }>(
  languages: readonly [Words, ...Words[]],
  wanted: readonly string[],
): Tongue<Words> {
  for (const locale of wanted) {
    const words = languages.find(({ language }) => locale.toLowerCase().split("-")[0] === language);
    if (words !== undefined) return { words, locale };
  }
  const [first] = languages;
  return { words: first, locale: first.language };
}
