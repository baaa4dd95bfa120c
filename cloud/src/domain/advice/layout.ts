import type { Advice } from "@gatehouse/shared/contracts/reports/advice";
import { groupBy, sumBy } from "../reports/revenue.ts";
import { percentWords, rounded, type SpaceRate } from "./facts.ts";

/** A space is dead that is used a quarter as much as its zone, where the zone itself is used. */
const deadShare = 0.25;
const zoneUsedFrom = 0.2;
/** Zones so far apart are not known to drivers, or not liked. */
const farApart = 0.25;
const rowsShown = 12;

const meanOf = (spaces: readonly SpaceRate[]): number =>
  spaces.length === 0 ? 0 : sumBy(spaces, ({ rate }) => rate) / spaces.length;

/** Spaces that nobody takes although those around them are taken: a pillar, a puddle, a sensor that sees nothing. */
export function deadSpaceAdvice(spaces: readonly SpaceRate[]): Advice[] {
  return [...groupBy(spaces, ({ zoneName }) => zoneName)].flatMap(([zoneName, own]): Advice[] => {
    const mean = meanOf(own);
    const dead = own
      .filter(({ rate }) => rate < deadShare * mean)
      .toSorted((a, b) => a.rate - b.rate || (a.spaceId < b.spaceId ? -1 : 1));
    if (mean < zoneUsedFrom || dead.length === 0) return [];
    return [
      {
        id: `dead-spaces ${zoneName}`,
        kind: "dead-spaces",
        sentence: `${zoneName}: ${dead.length} spaces are hardly used, though the zone is occupied ${percentWords(mean)} of the time. Look at them, and at their sensors.`,
        facts: { name: zoneName, count: dead.length, rate: rounded(mean) },
        band: null,
        evidence: {
          columns: ["space", "space_type", "utilization", "zone_mean"],
          rows: dead.slice(0, rowsShown).map(({ spaceId, spaceType, rate }) => ({
            cells: [spaceId, spaceType, rounded(rate), rounded(mean)],
            opens: null,
          })),
        },
        draft: null,
      },
    ];
  });
}

/** A full zone beside an empty one: signs, or what a space is for. */
export function balanceAdvice(spaces: readonly SpaceRate[]): Advice[] {
  const zones = [...groupBy(spaces, ({ zoneName }) => zoneName)]
    .map(([name, own]) => ({ name, spaces: own.length, rate: meanOf(own) }))
    .toSorted((a, b) => b.rate - a.rate);
  const [full, empty] = [zones[0], zones.at(-1)];
  if (full === undefined || empty === undefined || full.rate - empty.rate < farApart) return [];
  return [
    {
      id: "unbalanced-zones",
      kind: "unbalanced-zones",
      sentence: `${full.name} is occupied ${percentWords(full.rate)} of the time and ${empty.name} ${percentWords(empty.rate)}: lead drivers to ${empty.name}.`,
      facts: {
        name: full.name,
        rate: rounded(full.rate),
        other: empty.name,
        other_rate: rounded(empty.rate),
      },
      band: null,
      evidence: {
        columns: ["zone", "spaces", "utilization"],
        rows: zones.map(({ name, spaces: count, rate }) => ({
          cells: [name, count, rounded(rate)],
          opens: null,
        })),
      },
      draft: null,
    },
  ];
}
