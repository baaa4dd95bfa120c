import { decimalsOf, type Minor, minorUnits } from "@gatehouse/shared/money";

/** An amount as decimal text with the currency's own number of digits: 1250 EUR is "12.50", 1250 JPY is "1250". */
export function decimalText(amount: Minor, currency: string): string {
  const digits = digitsOf(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** @returns minor units, or undefined when the text has other digits than the currency */
export function minorOfDecimal(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const shape = digits === 0 ? /^\d{1,15}$/ : new RegExp(`^\\d{1,12}\\.\\d{${digits}}$`);
  return shape.test(text) ? Number(text.replace(".", "")) : undefined;
}

/** How many decimals ISO 4217 gives a currency. */
export const digitsOf = (currency: string): number =>
  Math.round(-Math.log10(decimalsOf(currency)(minorUnits(1))));
