import { passesLuhn } from "@gatehouse/shared/luhn";

/** Card numbers have 13 to 19 digits (ISO/IEC 7812). */
const panDigits = { least: 13, most: 19 };
/** How people, forms and terminals part the digits of one. */
const digitGroups = /\d+(?:(?:[ \-.+]|%20)\d+)*/g;

/**
 * Takes out whatever may be a card number, but for its last four digits: runs of 13 to 19 digits, also in groups, that
 * pass Luhn's check. It errs on the safe side: now and then another number falls too.
 */
export function withoutCardNumbers(text: string): string {
  return text.replace(digitGroups, (run) => cleanRun(run));
}

function cleanRun(run: string): string {
  const parts = run.split(/([ \-.+]|%20)/);
  for (let from = 0; from < parts.length; from += 2) {
    // The longest first: a shorter one inside it may pass by chance.
    for (let to = parts.length - 1; to >= from; to -= 2) {
      const digits = parts.filter((_, at) => at >= from && at <= to && at % 2 === 0).join("");
      if (!mayBeCardNumber(digits)) continue;
      parts.splice(from, to - from + 1, `[card …${digits.slice(-4)}]`);
      break;
    }
  }
  return parts.join("");
}

function mayBeCardNumber(digits: string): boolean {
  const { length } = digits;
  if (length < panDigits.least || length > panDigits.most) return false;
  // No card begins with 0, and of those with 1 only airlines', which have 15 digits: most such numbers are times.
  if (digits.startsWith("0") || (digits.startsWith("1") && length !== 15)) return false;
  return passesLuhn(digits);
}
