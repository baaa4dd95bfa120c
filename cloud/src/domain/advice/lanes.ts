import type { Advice } from "@gatehouse/shared/contracts/reports/advice";
import { busyShare, handlingRate, lanesNeeded, waitingS } from "../reports/queue.ts";
import { groupBy, sumBy } from "../reports/revenue.ts";
import {
  type LaneSlot,
  type OpensSessions,
  percentWords,
  rounded,
  type Row,
  slotName,
} from "./facts.ts";

/** From this share of its time on a lane's queue grows by every little thing. */
const busyFrom = 0.7;
/** A wait that drivers complain about, in seconds. */
const waitFrom = 30;
const rowsShown = 12;
/** One entrance carries most, another next to nothing. */
const mostShare = 0.75;
const leastShare = 0.15;

const tenth = (value: number): number => Math.round(10 * value) / 10;

/** Mean time of a passage in seconds; undefined where none was timed. */
function serviceOf(rows: readonly LaneSlot[]): number | undefined {
  const served = sumBy(rows, (row) => row.served);
  return served === 0 ? undefined : sumBy(rows, ({ servedMs }) => servedMs) / served / 1000;
}

/** How many people (or open lanes) the entries need in each hour of the week: the busiest such hour, divided by what one handles. */
export function staffAdvice(lanes: readonly LaneSlot[], opens: OpensSessions): Advice[] {
  const entries = lanes.filter(({ isEntry }) => isEntry);
  const service = serviceOf(entries);
  if (service === undefined) return [];
  const byHour = [...groupBy(entries, ({ slot }) => `${slot}`).values()].map((rows) => {
    const slot = rows[0]?.slot ?? 0;
    const most = sumBy(rows, (row) => row.most);
    const mean = sumBy(rows, ({ passages, hours }) => passages / Math.max(1, hours));
    return { slot, most, mean, needed: lanesNeeded({ perHour: most, serviceS: service }) };
  });
  const [busiest] = byHour.toSorted((a, b) => b.most - a.most || a.slot - b.slot);
  if (busiest === undefined || busiest.needed === 0) return [];
  const shown = byHour.toSorted((a, b) => b.most - a.most || a.slot - b.slot).slice(0, rowsShown);
  const rate = Math.floor(handlingRate(service));
  const hoursOf = byHour.filter(({ needed }) => needed === busiest.needed).length;
  return [
    {
      id: "staff entries",
      kind: "staff",
      sentence: `${slotName(busiest.slot)}: up to ${busiest.most} entries in an hour, and one lane handles ${rate}: ${busiest.needed} at the entries, in ${hoursOf} hours of the week.`,
      facts: {
        slot: busiest.slot,
        most: busiest.most,
        handles: rate,
        needed: busiest.needed,
        hours: hoursOf,
      },
      band: null,
      evidence: {
        columns: ["slot", "entries_mean", "entries_most", "needed"],
        rows: shown.map(({ slot, mean, most, needed }) => ({
          cells: [slot, tenth(mean), most, needed],
          opens: opens({ hour: slot % 24 }),
        })),
      },
      draft: null,
    },
  ];
}

/** Lanes whose queue is long in some hours of the week (Pollaczek and Khinchine, as in the outcomes). */
export function bottleneckAdvice(lanes: readonly LaneSlot[], opens: OpensSessions): Advice[] {
  return [...groupBy(lanes, ({ laneId }) => laneId).values()].flatMap((rows): Advice[] => {
    const serviceS = serviceOf(rows);
    const [first] = rows;
    if (serviceS === undefined || first === undefined) return [];
    const tight = rows
      .map((row) => {
        const load = { perHour: row.passages / Math.max(1, row.hours), serviceS };
        return { row, perHour: load.perHour, busy: busyShare(load), wait: waitingS(load) };
      })
      .filter(({ busy, wait }) => busy >= busyFrom || wait === undefined || wait >= waitFrom)
      .toSorted((a, b) => b.busy - a.busy);
    const [worst] = tight;
    if (worst === undefined) return [];
    const waits = worst.wait === undefined ? "longer and longer" : `${Math.round(worst.wait)} s`;
    return [
      {
        id: `bottleneck ${first.laneId}`,
        kind: "bottleneck",
        sentence: `${first.laneName} is busy ${percentWords(worst.busy)} of ${slotName(worst.row.slot)}: vehicles wait ${waits}.`,
        facts: {
          name: first.laneName,
          slot: worst.row.slot,
          busy: rounded(worst.busy),
          wait_s: worst.wait === undefined ? null : Math.round(worst.wait),
          hours: tight.length,
        },
        band: null,
        evidence: {
          columns: ["slot", "vehicles", "passage_s", "busy", "wait_s"],
          rows: tight.slice(0, rowsShown).map(({ row, perHour, busy, wait }): Row => ({
            cells: [
              row.slot,
              tenth(perHour),
              tenth(serviceS),
              rounded(busy),
              wait === undefined ? null : Math.round(wait),
            ],
            opens: row.isEntry ? opens({ hour: row.slot % 24, lane: row.laneId }) : null,
          })),
        },
        draft: null,
      },
    ];
  });
}

/** One entrance that carries nearly all while another stands idle. */
export function entranceAdvice(lanes: readonly LaneSlot[], opens: OpensSessions): Advice[] {
  const entries = [
    ...groupBy(
      lanes.filter(({ isEntry }) => isEntry),
      ({ laneId }) => laneId,
    ),
  ].map(([laneId, rows]) => ({
    laneId,
    name: rows[0]?.laneName ?? laneId,
    passages: sumBy(rows, ({ passages }) => passages),
  }));
  const whole = sumBy(entries, ({ passages }) => passages);
  if (entries.length < 2 || whole === 0) return [];
  const sorted = entries.toSorted((a, b) => b.passages - a.passages);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined) return [];
  const [high, low] = [most.passages / whole, least.passages / whole];
  if (high < mostShare || low > leastShare) return [];
  return [
    {
      id: "entrance-use",
      kind: "entrance-use",
      sentence: `${most.name} takes ${percentWords(high)} of all entries, ${least.name} ${percentWords(low)}: lead drivers there.`,
      facts: { name: most.name, rate: rounded(high), other: least.name, other_rate: rounded(low) },
      band: null,
      evidence: {
        columns: ["lane", "entries", "share"],
        rows: sorted.map(({ laneId, name, passages }) => ({
          cells: [name, passages, rounded(passages / whole)],
          opens: opens({ lane: laneId }),
        })),
      },
      draft: null,
    },
  ];
}
