import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type {
  AllowListMirror,
  HeldPlate,
  MirroredPlate,
} from "@gatehouse/shared/ports/allow-list-mirror";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, hours, milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import {
  dropMirrorRow,
  type MirrorRow,
  mirrorRowsOf,
  plainRightsAt,
  saveMirrorRow,
} from "../store/mirror.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";

export interface AllowListMirrorDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly mirrors: readonly AllowListMirror[];
}

/** How often it is looked what has changed. */
const every = minutes(1);
/** A camera's processor is small and has plates to read: between two changes it rests. */
const betweenChanges = seconds(1);
/** The whole list is read back at the start and then so often. */
const readBackEvery = hours(6);
/** After a failure; longer each time. A request whose answer was lost may still be done in that time. */
const firstRest = minutes(1);
const longestRest = minutes(30);
/** Failing for so many rounds in a row, it is somebody's business. */
const roundsUntilAlert = 3;

/**
 * Keeps the lists inside cameras as the permits and the allow list are, so that their holders enter even while nothing
 * of ours runs. One change at a time, slowly: what is written is written down before it is sent, looked for when the
 * answer was lost, and read back. A plate has never two records of ours; records of others are left alone.
 */
export class AllowListMirrorFlow implements Part {
  readonly name = "allow lists in cameras";
  readonly #followers: readonly MirrorFollower[];

  constructor(deps: AllowListMirrorDeps) {
    this.#followers = deps.mirrors.map((mirror) => new MirrorFollower(mirror, deps));
  }

  start(): Promise<void> {
    for (const follower of this.#followers) follower.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower.stop()));
  }
}

/** One camera's list. */
class MirrorFollower {
  readonly #mirror: AllowListMirror;
  readonly #deps: AllowListMirrorDeps;
  #working: Promise<void> = Promise.resolve();
  #cancel: () => void = () => {};
  #wake: () => void = () => {};
  #stopped = true;
  #readBackAt: number | undefined;
  #failures = 0;

  constructor(mirror: AllowListMirror, deps: AllowListMirrorDeps) {
    this.#mirror = mirror;
    this.#deps = deps;
  }

  start(): void {
    this.#stopped = false;
    this.#readBackAt = undefined;
    this.#working = this.#workOnAndOn();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#working;
  }

  async #workOnAndOn(): Promise<void> {
    while (!this.#stopped) {
      const rest = await this.#round();
      await this.#rest(rest);
    }
  }

  /** @returns how long to rest after it */
  async #round(): Promise<Duration> {
    const { log } = this.#deps;
    try {
      if (this.#mustReadBack()) await this.#readBack();
      for (let change = this.#nextChange(); change !== undefined; change = this.#nextChange()) {
        await change();
        await this.#rest(betweenChanges);
        if (this.#stopped) return every;
      }
      this.#succeeded();
      return every;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#failures += 1;
      if (this.#failures === 1)
        log.warn("allow-list-not-written", { reader: this.#mirror.id, error: error.message });
      this.#tellFailure(error);
      return milliseconds(Math.min(firstRest * 2 ** (this.#failures - 1), longestRest));
    }
  }

  #mustReadBack(): boolean {
    const at = this.#readBackAt;
    return at === undefined || this.#deps.clock.monotonic() - at >= readBackEvery;
  }

  /** Sees what the camera really holds: what it has lost is written again, what it holds twice goes. */
  async #readBack(): Promise<void> {
    const held = await this.#mirror.list();
    const { book, clock } = this.#deps;
    const holdings = byPlate(held);
    book.write((tx) => {
      for (const row of mirrorRowsOf(tx, this.#mirror.id)) {
        const records = holdings.get(row.plate) ?? [];
        if (row.state === "held" && !records.some(({ recordId }) => recordId === row.recordId))
          dropMirrorRow(tx, row);
      }
    });
    const known = new Map(this.#rows().map((row) => [row.plate, row]));
    for (const record of held) {
      const row = known.get(record.plate);
      const isStray = record.isOurs === true && row?.recordId !== record.recordId;
      // One that was being written has no id yet: the search for its plate will find it.
      if (!isStray || row?.state === "writing") continue;
      await this.#mirror.remove(record.recordId);
      await this.#rest(betweenChanges);
      if (this.#stopped) return;
    }
    this.#readBackAt = clock.monotonic();
  }

  /** The next thing to do at the camera; undefined when its list is as it should be. */
  #nextChange(): (() => Promise<void>) | undefined {
    const { book, clock } = this.#deps;
    const rows = new Map(this.#rows().map((row) => [row.plate, row]));
    const wanted = plainRightsAt(book, this.#mirror.laneId, clock.now()).slice(
      0,
      this.#mirror.capacity,
    );
    const wantedPlates = new Map(wanted.map((each) => [each.plate, each]));
    for (const row of rows.values()) {
      const want = wantedPlates.get(row.plate);
      const isRight = want !== undefined && row.until === (want.until ?? null);
      if (row.state === "removing" || !isRight) return () => this.#remove(row);
      if (row.state === "writing") return () => this.#write(want, row);
    }
    const missing = wanted.find(({ plate }) => !rows.has(plate));
    return missing === undefined ? undefined : () => this.#write(missing, undefined);
  }

  /** @param row what was written down when the same was tried before */
  async #write(want: MirroredPlate, row: MirrorRow | undefined): Promise<void> {
    const before = await this.#mirror.find(want.plate);
    const [ours] = this.#oursAmong(before, row);
    if (ours !== undefined) return this.#save(want, "held", ours.recordId);
    // Somebody else has written it: the plate enters, and it is not ours to change.
    if (before.length > 0) return this.#save(want, "held", null);
    this.#save(want, "writing", null);
    await this.#mirror.write(want);
    const after = await this.#mirror.find(want.plate);
    const [written, ...surplus] = after;
    if (written === undefined) throw new Fault("wire-exception", "a written plate is not there");
    this.#save(want, "held", written.recordId);
    for (const each of surplus) await this.#mirror.remove(each.recordId);
  }

  async #remove(row: MirrorRow): Promise<void> {
    const { book } = this.#deps;
    const isOurs = row.state !== "held" || row.recordId !== null;
    if (isOurs) {
      const found = await this.#mirror.find(row.plate);
      const doomed = this.#oursAmong(found, row);
      this.#save({ plate: row.plate }, "removing", row.recordId, row.until);
      for (const { recordId } of doomed) await this.#mirror.remove(recordId);
    }
    book.write((tx) => dropMirrorRow(tx, row));
  }

  /** Records that we have written: by their mark, else because we have written down that we were about to. */
  #oursAmong(found: readonly HeldPlate[], row: MirrorRow | undefined): readonly HeldPlate[] {
    return found.filter(
      ({ recordId, isOurs }) =>
        isOurs ?? (row !== undefined && (row.recordId === recordId || row.recordId === null)),
    );
  }

  #rows(): MirrorRow[] {
    return mirrorRowsOf(this.#deps.book, this.#mirror.id);
  }

  #save(
    { plate, until }: MirroredPlate,
    state: MirrorRow["state"],
    recordId: string | null,
    end: number | null = until ?? null,
  ): void {
    const { book, clock } = this.#deps;
    const changedAt = clock.now();
    const readerId = this.#mirror.id;
    book.write((tx) =>
      saveMirrorRow(tx, { readerId, plate, state, recordId, until: end, changedAt }),
    );
  }

  #succeeded(): void {
    const { book, clock } = this.#deps;
    if (this.#failures >= roundsUntilAlert)
      book.write((tx) => clearAlert(tx, clock.now(), "allow-list-behind", this.#mirror.id));
    this.#failures = 0;
  }

  #tellFailure(fault: Fault): void {
    const { book, clock, random } = this.#deps;
    // A full disk has an alert of its own, and no room for another.
    if (this.#failures !== roundsUntilAlert || fault.code === "disk-full") return;
    book.write((tx) =>
      raiseAlert(tx, random, clock.now(), {
        type: "allow-list-behind",
        subject: this.#mirror.id,
        severity: "warning",
        details: { fault: fault.code, hint: fault.hint },
      }),
    );
  }

  #rest(time: Duration): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped) return resolve();
      this.#wake = () => {
        this.#cancel();
        resolve();
      };
      this.#cancel = this.#deps.clock.after(time, () => this.#wake());
    });
  }
}

function byPlate(held: readonly HeldPlate[]): ReadonlyMap<string, readonly HeldPlate[]> {
  const found = new Map<string, HeldPlate[]>();
  for (const each of held) found.set(each.plate, [...(found.get(each.plate) ?? []), each]);
  return found;
}
