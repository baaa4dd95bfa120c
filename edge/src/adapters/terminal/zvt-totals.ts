import { minorUnits } from "@gatehouse/shared/money";
import { cardSchemes, type TerminalTotals } from "@gatehouse/shared/ports/terminal";

/** One count byte and an amount of six. */
const schemeWidth = 7;

/**
 * Reads the totals of an end of day (BMP 60): first and last receipt number, then count and amount of each
 * scheme in the order of `cardSchemes`.
 *
 * @returns undefined when they are cut or no numbers
 */
export function readTotals(value: Buffer): TerminalTotals | undefined {
  if (value.length !== 4 + cardSchemes.length * schemeWidth) return undefined;
  const schemes = cardSchemes.map((scheme, index) => {
    const at = 4 + index * schemeWidth;
    const amount = value.toString("hex", at + 1, at + schemeWidth);
    return { scheme, count: value.readUInt8(at), digits: amount };
  });
  const fromReceipt = value.toString("hex", 0, 2);
  const toReceipt = value.toString("hex", 2, 4);
  const all = [fromReceipt, toReceipt, ...schemes.map(({ digits }) => digits)];
  if (!all.every((digits) => /^\d+$/.test(digits))) return undefined;
  return {
    fromReceipt,
    toReceipt,
    schemes: schemes.map(({ scheme, count, digits }) => ({
      scheme,
      count,
      amount: minorUnits(Number(digits)),
    })),
  };
}
