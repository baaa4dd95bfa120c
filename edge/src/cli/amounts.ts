import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { InvalidArgumentError } from "commander";

/** An amount as people read it. @param currency ISO 4217 */
export const amountText = (minor: number, currency: string): string =>
  formatMinor(minorUnits(minor), currency);

/** What an option of the command line says as an amount: whole minor units, 1 or more. */
export function amountOption(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError("write whole minor units, for example 250 for 2.50");
  return Number(text);
}

/** A limit as an option says it. */
export type Limit = number | "none";

export const limitOption = (text: string): Limit => (text === "none" ? text : amountOption(text));

/** @returns null: there is none */
export const limitOf = (limit: Limit): number | null => (limit === "none" ? null : limit);
