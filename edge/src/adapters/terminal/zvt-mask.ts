import { passesLuhn } from "@gatehouse/shared/luhn";

/**
 * A text without card numbers: of each only the last four digits are left, the others become `*`.
 *
 * Hidden are twelve and more digits in a row; digits in groups of which some follow each other as a card number
 * does (13–19 digits, right by Luhn); and every number that the terminal has masked in part, because makers show
 * more than we keep.
 */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(run, (found) => (isOfCard(found) ? hidden(found) : found));
}

/** Digits and signs that hide digits, in groups with one blank or hyphen between them. */
const run = /[\dX*#•](?:[ -]?[\dX*#•])+/gi;
const leastInRow = 12;
const leastMasked = 8;
const cardLengths = { least: 13, most: 19 } as const;

function isOfCard(found: string): boolean {
  if (/[^\d -]{2}/.test(found)) return found.length >= leastMasked && /\d/.test(found);
  // A single X or # beside digits hides nothing: it stands before a number, or means times.
  const groups = found.replaceAll(/[^\d -]/g, "").split(/[ -]/);
  return groups.some((group, from) => isLongRow(group) || beginsCardNumber(groups, from));
}

/** Such rows are of cards or of accounts, but for the name of a card's application, which begins with zeros. */
const isLongRow = (group: string): boolean =>
  group.length >= leastInRow && !group.startsWith("000");

/** Whether some groups from this one on make a card number together. */
function beginsCardNumber(groups: readonly string[], from: number): boolean {
  let digits = "";
  for (let at = from; at < groups.length && digits.length < cardLengths.most; at += 1) {
    digits += groups[at] ?? "";
    if (isCardNumber(digits)) return true;
  }
  return false;
}

const isCardNumber = (digits: string): boolean =>
  digits.length >= cardLengths.least && digits.length <= cardLengths.most && passesLuhn(digits);

function hidden(found: string): string {
  const digits = found.replaceAll(/\D/g, "").length;
  let seen = 0;
  return found.replaceAll(/\d/g, (digit) => (++seen > digits - 4 ? digit : "*"));
}
