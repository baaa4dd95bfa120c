import type { Fee } from "../contracts/tariff-rates.ts";
import { minorUnits } from "../money.ts";
import type { Instant } from "../time.ts";
import { amountFor, isFor } from "./plan.ts";
import type { Scene } from "./scene.ts";
import type { PriceLine } from "./tax.ts";
import { compileWindow, edgesOf, type Window } from "./windows.ts";

/** What does not grow with time: once a stay, or once for each window that the tariff names. */
export function feeLines(scene: Scene): PriceLine[] {
  const { tariff, vehicleClass, spaceType, parts } = scene;
  return (tariff.fees ?? []).flatMap((fee) => {
    const activity = fee.activity ?? "parking";
    const isDone =
      parts.some((part) => part.activity === activity) ||
      (activity === "parking" && parts.every((part) => part.activity === "charging"));
    return isDone && isFor(fee, vehicleClass, spaceType) ? chargedTimes(scene, fee) : [];
  });
}

function chargedTimes(scene: Scene, fee: Fee): PriceLine[] {
  const { site, entry, exit } = scene;
  if (fee.when === undefined) return [feeLine(scene, fee, entry, exit)];
  const window = compileWindow(fee.when);
  const isIn = (at: Instant): boolean => site.occurrence(window, site.momentOf(at)) !== undefined;
  if (fee.charged === "entering") return isIn(entry) ? [feeLine(scene, fee, entry, exit)] : [];
  if (fee.charged === "leaving") return isIn(exit) ? [feeLine(scene, fee, entry, exit)] : [];
  return occurrences(scene, window).map(([from, to]) => feeLine(scene, fee, from, to));
}

/** The occurrences of a window that a stay touches, as far as it touches them. */
function occurrences({ site, entry, exit }: Scene, window: Window): [Instant, Instant][] {
  const edges = edgesOf(window).toSorted((a, b) => a - b);
  const found: [Instant, Instant][] = [];
  let current: number | undefined;
  for (let at = entry, until = entry; at < exit; at = until) {
    until = Math.min(site.nextEdge(at, edges), exit) as Instant;
    const occurrence = site.occurrence(window, site.momentOf(at));
    const last = found.at(-1);
    if (occurrence !== undefined && occurrence === current && last !== undefined) last[1] = until;
    else if (occurrence !== undefined) found.push([at, until]);
    current = occurrence ?? current;
  }
  return found;
}

function feeLine(
  { tariff, vehicleClass, minor }: Scene,
  fee: Fee,
  from: Instant,
  to: Instant,
): PriceLine {
  return {
    rule: fee.name,
    from,
    to,
    minor: minorUnits(minor(amountFor(fee, vehicleClass) ?? 0)),
    taxPercent: String(fee.tax_percent ?? tariff.tax?.percent ?? 0),
    explain: {},
  };
}
