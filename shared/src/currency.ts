/** How many digits ISO 4217 gives currencies that do not have two. */
const digits: ReadonlyMap<string, number> = new Map([
  ...listed("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0),
  ...listed("BHD IQD JOD KWD LYD OMR TND", 3),
  ...listed("CLF UYW", 4),
]);

/**
 * How many digits the minor unit of a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * ISO 4217 and not what a locale likes to show: Unicode's tables leave off digits that are owed all the same
 * (IQD, LAK).
 *
 * @param currency three letters of ISO 4217
 */
export const currencyDigits = (currency: string): number => digits.get(currency) ?? 2;

/** Whether ISO 4217 has such a currency, in use today or once. */
export const isCurrency = (code: string): boolean => known.has(code);

const known: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf("currency"),
  ...digits.keys(),
]);

function listed(codes: string, count: number): [string, number][] {
  return codes.split(" ").map((code) => [code, count]);
}
