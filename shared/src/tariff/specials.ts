import { spanMs } from "../contracts/tariff-values.ts";
import { minorUnits } from "../money.ts";
import { amountFor, isFor } from "./plan.ts";
import type { Scene } from "./scene.ts";
import type { PriceLine } from "./tax.ts";
import { compileWindow } from "./windows.ts";

/** A day: a special is for a stay and not for a week that happens to begin and end in its windows. */
const usualLongest = "24 h";

/**
 * The one line that stands for all time of a stay which begins and ends in the windows of a special.
 *
 * @param ordinary what the time would cost otherwise, in minor units
 * @returns undefined where no special fits, or where it would be dearer and does not want to be
 */
export function specialLine(scene: Scene, ordinary: number): PriceLine | undefined {
  const { tariff, site, vehicleClass, spaceType, entry, exit, minor } = scene;
  const [in_, out] = [site.momentOf(entry), site.momentOf(exit)];
  for (const special of tariff.specials ?? []) {
    if (!isFor(special, vehicleClass, spaceType)) continue;
    if (exit - entry > spanMs(special.longest ?? usualLongest)) continue;
    if (site.occurrence(compileWindow(special.entry), in_) === undefined) continue;
    const leaves = special.exit && compileWindow(special.exit);
    if (leaves !== undefined && site.occurrence(leaves, out) === undefined) continue;
    const amount = minorUnits(minor(amountFor(special, vehicleClass) ?? 0));
    if (amount >= ordinary && special.even_if_dearer !== true) continue;
    return {
      rule: special.name,
      from: entry,
      to: exit,
      minor: amount,
      taxPercent: String(tariff.tax?.percent ?? 0),
      explain: { instead_of_minor: ordinary },
    };
  }
  return undefined;
}
