import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import {
  keptReasons,
  leftOutReasons,
  type ReplaySums,
  type ReplayTold,
} from "@gatehouse/shared/contracts/rules/tariffs";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { priceLength } from "@gatehouse/shared/tariff/price";
import { Rerun, type Takings } from "@gatehouse/shared/tariff/replay";
import { type Instant, isoOf, milliseconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";

/** A session that has ended, as head office knows it. */
export interface EndedSession {
  readonly sessionId: string;
  readonly plate: string | null;
  readonly vehicleClass: VehicleClass;
  readonly spaceType: SpaceType | null;
  readonly entry: Instant | undefined;
  readonly exit: Instant;
  /** By the facility's steady clock. */
  readonly durationS: number | null;
  readonly totalMinor: number | null;
  readonly hasPermit: boolean;
  readonly isExitAssumed: boolean;
  readonly flags: readonly string[];
  /** The version that it was charged by, where head office holds it. */
  readonly own: Tariff | undefined;
}

type Told = Omit<
  ReplayTold,
  "tariff_id" | "version" | "currency" | "timezone" | "period" | "holidays"
>;

/** The largest differences of each sign that are shown. */
const shownMost = 10;
/** So many stays say well enough how far the others are known. */
const reproducedMost = 5_000;
/** Wall clock and steady clock differ by more only where somebody has set the first. */
const clockSlackMs = 1_500;

/**
 * What a facility's real stays would have cost under a draft against what they were charged, session by session in the
 * order of their ends.
 */
export class MonthReplay {
  readonly #rerun: Rerun;
  readonly #zone: SiteCalendar;
  readonly #kept = new Map<string, number>();
  readonly #leftOut = new Map<string, number>();
  readonly #more = { stays: 0, minor: 0 };
  readonly #less = { stays: 0, minor: 0 };
  readonly #reproduced = { stays: 0, matched: 0 };
  #same = 0;
  #dearer: ReplayTold["largest"] = [];
  #cheaper: ReplayTold["largest"] = [];

  constructor(draft: Tariff, zone: SiteCalendar) {
    this.#rerun = new Rerun(draft, zone);
    this.#zone = zone;
  }

  add(session: EndedSession): void {
    const { entry, totalMinor: charged } = session;
    const missing = leftOutBecause(session);
    if (missing !== undefined || entry === undefined || charged === null)
      return count(this.#leftOut, missing ?? "no-price-told");
    const kept = keptBecause(session);
    if (kept !== undefined) count(this.#kept, kept);
    const exit = endOf(session, entry);
    const draft = this.#rerun.add({
      plate: session.plate ?? undefined,
      vehicleClass: session.vehicleClass,
      spaceType: session.spaceType ?? undefined,
      entry,
      exit,
      charged,
      isFixed: kept !== undefined,
    });
    if (kept === undefined) this.#reproduce(session, entry, exit, charged);
    this.#compare(session, entry, { charged, draft });
  }

  get told(): Told {
    const { byClass, byDay, ...all } = this.#rerun.result;
    return {
      ...sumsOf(all),
      more: this.#more,
      less: this.#less,
      same: this.#same,
      by_class: [...byClass].map(([vehicle_class, each]) => ({ vehicle_class, ...sumsOf(each) })),
      by_day: [...byDay].map(([day, each]) => ({ day, ...sumsOf(each) })),
      largest: [...this.#dearer, ...this.#cheaper].toSorted((a, b) => gapOf(b) - gapOf(a)),
      kept: counted(keptReasons, this.#kept),
      left_out: counted(leftOutReasons, this.#leftOut),
      reproduced: this.#reproduced,
    };
  }

  #compare(
    session: EndedSession,
    entry: Instant,
    { charged, draft }: { readonly charged: number; readonly draft: number },
  ): void {
    if (draft === charged) return void (this.#same += 1);
    const sums = draft > charged ? this.#more : this.#less;
    sums.stays += 1;
    sums.minor += Math.abs(draft - charged);
    const row = {
      session_id: session.sessionId,
      vehicle_number: session.plate,
      vehicle_class: session.vehicleClass,
      entry_time: isoOf(entry),
      exit_time: isoOf(session.exit),
      charged_minor: charged,
      draft_minor: draft,
    };
    if (draft > charged) this.#dearer = largestOf(this.#dearer, row);
    else this.#cheaper = largestOf(this.#cheaper, row);
  }

  /** A tariff with rules for coming back is left alone: what came before the period is not read. */
  #reproduce({ own, ...session }: EndedSession, entry: Instant, exit: Instant, charged: number) {
    if (own === undefined || own.reentry !== undefined) return;
    if (this.#reproduced.stays >= reproducedMost) return;
    const { vehicleClass, spaceType } = session;
    const space = spaceType === null ? {} : { spaceType };
    const stay = milliseconds(exit - entry);
    const scene = { tariff: own, zone: this.#zone, vehicleClass, ...space, entry, stay };
    this.#reproduced.stays += 1;
    if (priceLength(scene).total === charged) this.#reproduced.matched += 1;
  }
}

function leftOutBecause(session: EndedSession): (typeof leftOutReasons)[number] | undefined {
  if (session.isExitAssumed) return "exit-assumed";
  if (session.entry === undefined) return "no-entry-seen";
  return session.totalMinor === null ? "no-price-told" : undefined;
}

function keptBecause(session: EndedSession): (typeof keptReasons)[number] | undefined {
  if (session.hasPermit) return "permit";
  return session.flags.includes("lost-ticket") ? "lost-ticket" : undefined;
}

/** Its end by the steady length where the wall clock was set meanwhile. */
function endOf({ exit, durationS }: EndedSession, entry: Instant): Instant {
  const steady = durationS === null ? undefined : entry + durationS * 1000;
  const isSet = steady !== undefined && Math.abs(steady - exit) > clockSlackMs;
  return Math.max(entry, isSet ? steady : exit) as Instant;
}

type Row = ReplayTold["largest"][number];

const gapOf = (row: Row): number => Math.abs(row.draft_minor - row.charged_minor);

function largestOf(rows: readonly Row[], row: Row): Row[] {
  const last = rows.at(-1);
  if (rows.length >= shownMost && last !== undefined && gapOf(last) >= gapOf(row)) return [...rows];
  return [...rows, row].toSorted((a, b) => gapOf(b) - gapOf(a)).slice(0, shownMost);
}

const sumsOf = ({ stays, charged, draft }: Takings): ReplaySums => ({
  stays,
  charged_minor: charged,
  draft_minor: draft,
});

const count = (counts: Map<string, number>, word: string): void =>
  void counts.set(word, (counts.get(word) ?? 0) + 1);

const counted = <T extends string>(words: readonly T[], counts: ReadonlyMap<string, number>) =>
  words.flatMap((reason) => {
    const stays = counts.get(reason);
    return stays === undefined ? [] : [{ reason, stays }];
  });
