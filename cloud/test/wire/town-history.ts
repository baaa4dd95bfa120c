import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { batchLineLimit, type SealedLine } from "@gatehouse/shared/contracts/batch";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { ChainedLedger } from "../../../scripts/populate/chained-ledger.ts";
import { History } from "../../../scripts/populate/history.ts";
import { type FacilityPlan, planOf } from "../../../scripts/populate/plan.ts";
import type { TestOffice } from "../head-office.ts";
import { writeOddities } from "./oddities.ts";

/** A facility of the town, with its past. */
export interface TownFacility {
  readonly plan: FacilityPlan;
  readonly ledger: ChainedLedger;
  readonly history: History;
}

/** @param begin the start of an hour */
export function townFacility(number: number, begin: Instant, scale: number): TownFacility {
  const plan = planOf(number, new SeededRandom(100 + number), scale);
  const ledger = new ChainedLedger();
  return { plan, ledger, history: new History(plan, ledger, new SeededRandom(number), begin) };
}

/**
 * Tells a facility's past in batches of every length, some of them again and some that overlap with what is held; at
 * the end what goes wrong at real sites: late lines, vehicles that turn up again, sessions of one vehicle, and another
 * epoch after a restore that tells an hour anew.
 */
export async function tellPast(
  office: TestOffice,
  { plan, ledger, history }: TownFacility,
  hours: number,
): Promise<void> {
  const random = new SeededRandom(plan.facilityId.length);
  for (let hour = 0; hour < hours; hour += 1) history.tellHour();
  writeOddities(ledger, history.toldUntil);
  const lines = ledger.take();
  await send(office, plan, 1, lines, random, history);

  const next = new ChainedLedger(2);
  next.write(history.toldUntil, "edge-started", {
    boot_id: "2",
    version: "1",
    clock_suspect: true,
  });
  const again = lines.findLast(({ text }) => text.includes('"type":"occupancy-hour"'));
  const { body } = JSON.parse(again?.text ?? "{}") as { body: never };
  next.write(history.toldUntil, "occupancy-hour", body);
  await send(office, plan, 2, next.take(), random, history);
}

async function send(
  office: TestOffice,
  plan: FacilityPlan,
  epoch: number,
  lines: readonly SealedLine[],
  random: SeededRandom,
  history: History,
): Promise<void> {
  const spaces = history.states();
  for (let held = 0; held < lines.length;) {
    const overlap = Math.min(held, Math.floor(random.fraction() * 30));
    const length = Math.ceil(random.fraction() * batchLineLimit);
    const from = held - overlap;
    const batch = {
      facility_id: plan.facilityId,
      epoch,
      first_seq: from + 1,
      lines: lines.slice(from, from + length),
      spaces_through: spaces.at(-1)?.change ?? 0,
      spaces,
      sent_at: isoOf(history.toldUntil),
      directives_through: 0,
      version: "0.1.0",
      written_seq: lines.length,
      facility: plan.card,
    };
    held = (await office.send(batch)).acked_seq;
    // Its answer was lost: it comes again.
    if (random.fraction() < 0.1) await office.send(batch);
  }
}
