import { passesLuhn } from "./luhn.ts";

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

/** Whether a text holds what may be a card number. */
export const hasCardNumber = (text: string): boolean => withoutCardNumbers(text) !== text;

/** Longer texts are pictures and drawings, and no words of a person. */
const wordsMost = 4000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The same of every text in something that was read as JSON; ids of ours, which are UUIDs, stay as they are. */
export function withoutCardNumbersIn(value: unknown): unknown {
  if (typeof value === "string")
    return value.length > wordsMost || uuid.test(value) ? value : withoutCardNumbers(value);
  if (Array.isArray(value)) return value.map(withoutCardNumbersIn);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      withoutCardNumbers(name),
      withoutCardNumbersIn(each),
    ]),
  );
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
