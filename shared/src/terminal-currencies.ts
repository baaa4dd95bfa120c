/** ISO 4217 numbers of the currencies that ZVT terminals are used with. */
const numbers: Readonly<Record<string, string>> = {
  BGN: "0975",
  CHF: "0756",
  CZK: "0203",
  DKK: "0208",
  EUR: "0978",
  GBP: "0826",
  HUF: "0348",
  NOK: "0578",
  PLN: "0985",
  RON: "0946",
  SEK: "0752",
  USD: "0840",
};

/** ISO 4217 letters that a card terminal can be asked in. */
export const terminalCurrencies: readonly string[] = Object.keys(numbers);

/**
 * A currency as ZVT writes it: four digits.
 *
 * @throws RangeError when no terminal of this protocol is known to take it
 */
export function currencyNumber(letters: string): string {
  const number = numbers[letters];
  if (number !== undefined) return number;
  throw new RangeError(
    `a ZVT terminal cannot charge ${letters}: use one of ${terminalCurrencies.join(", ")}`,
  );
}
