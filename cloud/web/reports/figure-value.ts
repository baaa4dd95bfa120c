import type { Figure } from "@gatehouse/shared/contracts/reports/figures";
import { durationText } from "../../../shared/web/duration.ts";
import { countText, decimalText, moneyText, percentText, unknown } from "../format.ts";
import { figuresWords as words } from "./figures-words.ts";

/** A figure in its unit. @param currency of the facility; "" before it has told one */
export const figureText = ({ value, unit }: Figure, currency: string): string =>
  value === null ? unknown : inUnit(value, unit, currency);

/** Whether a figure reaches its target; undefined where it has none, or no value. */
export function isMet({ value, target }: Figure): boolean | undefined {
  if (value === null || target === null) return undefined;
  return value >= (target.least ?? -Infinity) && value <= (target.most ?? Infinity);
}

/** What a figure should be. */
export function targetText({ target, unit }: Figure, currency: string): string {
  const { least = null, most = null } = target ?? {};
  if (least !== null) return words.atLeast(inUnit(least, unit, currency));
  return most === null ? "" : words.atMost(inUnit(most, unit, currency));
}

function inUnit(value: number, unit: Figure["unit"], currency: string): string {
  switch (unit) {
    case "percent":
      return percentText(value);
    case "seconds":
      return durationText(value * 1000);
    case "minor":
      return moneyText(value, currency === "" ? null : currency);
    case "ms":
      return `${countText(value)} ms`;
    case "count":
      return countText(value);
    case "per-day":
    case "factor":
      return decimalText(value);
    default:
      return unit satisfies never;
  }
}
