import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { MoneyAnswer } from "@gatehouse/shared/contracts/money";
import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { hours } from "@gatehouse/shared/time";
import { isRefusal } from "../../../src/flows/desk.ts";
import type { Complain } from "../notebook.ts";
import type { Counter } from "./counter.ts";
import { Drawer } from "./drawer.ts";

export interface CashierParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly counter: Counter;
  readonly tillId: string;
  /** Who sits there, one after the other. */
  readonly people: readonly [string, ...string[]];
  readonly complain: Complain;
}

/** How somebody hands over cash. */
export type Handing = "exact" | "note" | "part";

export interface CashWish {
  readonly purpose: PaymentPurpose;
  readonly subjectId: string;
  readonly handing: Handing;
  /** Of a top-up. */
  readonly amount?: number;
}

const float = 20_000;
const dropAbove = 50_000;
const dropped = 25_000;
/** The smallest note. */
const note = 500;
/** Given out too much when somebody slips. */
const slip = 100;
const asSupervisor = true;

/** A till with its drawer and the people at it: shifts, cash with change, and counting what is there. */
export class Cashier {
  readonly drawer: Drawer;
  /** Cash that drivers left here in the end, by the press that took it. */
  readonly takings = new Map<string, number>();
  readonly #parts: CashierParts;
  readonly #random: SeededRandom;
  #turn: Promise<unknown> = Promise.resolve();
  #person = 0;
  #shiftId: string | undefined;
  #isHome = false;

  constructor(parts: CashierParts) {
    this.#parts = parts;
    this.#random = parts.random.fork(`cashier ${parts.tillId}`);
    this.drawer = new Drawer(parts.tillId);
  }

  /** Login of who sits there now. */
  get operator(): string {
    const { people } = this.#parts;
    return people[this.#person % people.length] ?? people[0];
  }

  get actor() {
    return { kind: "attendant" as const, id: this.operator };
  }

  get isOpen(): boolean {
    return this.#shiftId !== undefined;
  }

  begin(): void {
    void this.inTurn(() => this.#openShift());
    this.#planChange();
  }

  /** Counts, closes and leaves. */
  goHome(): Promise<void> {
    this.#isHome = true;
    return this.inTurn(() => this.#closeShift());
  }

  /** One act after the other at a drawer; while one goes on nobody can say what the book should hold. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      this.drawer.isBusy = true;
      try {
        return await act();
      } finally {
        this.drawer.isBusy = false;
      }
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Takes cash for something. @returns undefined when nothing was taken, and the driver has the money still */
  take(wish: CashWish): Promise<MoneyAnswer | undefined> {
    return this.inTurn(() => (this.isOpen ? this.#take(wish) : Promise.resolve(undefined)));
  }

  /** Gives cash of an earlier payment back. @returns what became of it, where the person may ask for it */
  giveBack(paymentId: string, amount: number, isVoid: boolean): Promise<string | undefined> {
    return this.inTurn(async () => {
      if (!this.isOpen || this.drawer.coins < amount) return undefined;
      const request = {
        request_id: this.#random.id(),
        payment_id: paymentId,
        kind: isVoid ? ("void" as const) : ("refund" as const),
        ...(isVoid ? {} : { amount_minor: amount }),
        reason: "the driver complained",
        till_id: this.drawer.tillId,
      };
      const { actor } = this;
      const answer = await this.#parts.counter.press((facility) =>
        facility.money.refund(request, actor),
      );
      if (isRefusal(answer)) return answer.reason;
      if (answer.status === "done") this.drawer.coins -= answer.amount_minor;
      return answer.status;
    });
  }

  async #take({ purpose, subjectId, handing, amount }: CashWish): Promise<MoneyAnswer | undefined> {
    const { counter, complain } = this.#parts;
    const { tillId } = this.drawer;
    const about = { purpose, subject_id: subjectId };
    const due =
      amount ?? (await counter.press(({ money }) => dueOf(money.due({ purpose, subjectId }))));
    if (due === 0) return undefined;
    const handed = handedFor(due, handing);
    const request = {
      request_id: this.#random.id(),
      ...about,
      till_id: tillId,
      tendered_minor: handed,
      partial: handing === "part",
      ...(amount === undefined ? {} : { amount_minor: amount }),
      ...(happens(this.#random, 0.05) ? { change_given_minor: 0 } : {}),
    };
    const { actor } = this;
    const answer = await counter.press(({ money }) => money.cash(request, actor));
    if (isRefusal(answer)) return undefined;
    const { amount_minor: taken, change_minor: change, change_owed_minor: owed } = answer;
    if (taken + change + owed !== handed)
      complain("I11", `${handed} handed over, ${taken} taken, ${change} and ${owed} of change`);
    this.drawer.coins += handed - change;
    this.takings.set(request.request_id, taken);
    this.#maySlip(change);
    if (happens(this.#random, 0.1)) {
      const again = await counter.press(({ money }) => money.cash(request, actor));
      if (isRefusal(again) || again.payment_id !== answer.payment_id)
        complain("I11", `the same press took cash twice: ${request.request_id}`);
    }
    if (owed > 0 && answer.payment_id !== null) this.#fetchChange(answer.payment_id);
    return answer;
  }

  #maySlip(change: number): void {
    if (change === 0 || this.drawer.coins < slip || !happens(this.#random, 0.02)) return;
    this.drawer.coins -= slip;
    this.drawer.slips -= slip;
  }

  /** Most drivers come back for the change that they still have to get. */
  #fetchChange(paymentId: string): void {
    if (happens(this.#random, 0.2)) return;
    this.#parts.world.after(wait(this.#random, 60, 1800), () => {
      void this.inTurn(async () => {
        if (!this.isOpen) return;
        const request = {
          request_id: this.#random.id(),
          payment_id: paymentId,
          till_id: this.drawer.tillId,
        };
        const { actor } = this;
        const paid = await this.#parts.counter.press(({ money }) =>
          money.changeOut(request, actor),
        );
        if (!isRefusal(paid)) this.drawer.coins -= paid.change_minor;
      });
    });
  }

  #planChange(): void {
    const gap = hours(pick(this.#random, [4, 6, 8]));
    this.#parts.world.after(gap, () => {
      if (this.#isHome) return;
      void this.inTurn(async () => {
        if (!this.isOpen) return;
        if (this.drawer.coins > dropAbove) await this.#drop();
        if (happens(this.#random, 0.4)) return this.#relieve();
        await this.#closeShift();
        if (!this.#isHome) await this.#openShift();
      });
      this.#planChange();
    });
  }

  async #openShift(): Promise<void> {
    const request = { request_id: this.#random.id(), float_minor: float };
    const who = { actor: this.actor, isSupervisor: asSupervisor };
    const opened = await this.#parts.counter.press(({ shifts }) =>
      shifts.open(this.drawer.tillId, request, who),
    );
    if (isRefusal(opened))
      return this.#parts.complain("I12", `no shift could be opened: ${opened.sentence}`);
    this.drawer.coins = float;
    this.#shiftId = opened.shift.shift_id;
  }

  async #drop(): Promise<void> {
    const shiftId = this.#shiftId ?? "";
    const request = { request_id: this.#random.id(), move: "drop" as const, reason: "much cash" };
    const who = { actor: this.actor, isSupervisor: asSupervisor };
    const done = await this.#parts.counter.press(({ shifts }) =>
      shifts.move(shiftId, { ...request, amount_minor: dropped }, who),
    );
    if (isRefusal(done)) return;
    this.drawer.coins -= dropped;
    this.drawer.inSafe += dropped;
  }

  /** What lies there is counted truly: the report must find every slip. */
  async #closeShift(): Promise<void> {
    const shiftId = this.#shiftId;
    if (shiftId === undefined) return;
    const { counter, complain } = this.#parts;
    const { drawer } = this;
    const who = { actor: this.actor, isSupervisor: asSupervisor };
    const counted = { request_id: this.#random.id(), counted_minor: drawer.coins };
    const leave = Math.min(drawer.coins, float);
    const closing = { request_id: this.#random.id(), leave_minor: leave };
    await counter.press(({ shifts }) => shifts.count(shiftId, counted, who));
    const closed = await counter.press(({ shifts }) => shifts.close(shiftId, closing, who));
    if (isRefusal(closed)) return complain("I12", `no shift could be closed: ${closed.sentence}`);
    this.#checkDifference(closed.shift);
    drawer.inSafe += drawer.coins - leave;
    drawer.coins = leave;
    this.#person++;
    this.#shiftId = undefined;
  }

  async #relieve(): Promise<void> {
    const { people, counter, complain } = this.#parts;
    const shiftId = this.#shiftId ?? "";
    const who = { actor: this.actor, isSupervisor: asSupervisor };
    const next = people[(this.#person + 1) % people.length] ?? people[0];
    const request = {
      request_id: this.#random.id(),
      counted_minor: this.drawer.coins,
      next_operator: next,
    };
    const relieved = await counter.press(({ shifts }) => shifts.relieve(shiftId, request, who));
    if (isRefusal(relieved) || relieved.next === undefined)
      return complain("I12", `nobody could be relieved at ${this.drawer.tillId}`);
    this.#checkDifference(relieved.shift);
    this.#person++;
    this.#shiftId = relieved.next.shift_id;
  }

  #checkDifference(shift: {
    readonly counted_minor: number | null;
    readonly expected_minor: number | null;
  }): void {
    const { slips } = this.drawer;
    const found = (shift.counted_minor ?? 0) - (shift.expected_minor ?? 0);
    if (found !== slips)
      this.#parts.complain("I12", `a count found ${found}, people had slipped by ${slips}`);
    this.drawer.slips = 0;
  }
}

const dueOf = (due: object): number =>
  "cash_due_minor" in due && typeof due.cash_due_minor === "number" ? due.cash_due_minor : 0;

function handedFor(due: number, handing: Handing): number {
  if (handing === "part") return Math.max(1, Math.floor(due / 2));
  return handing === "note" ? Math.ceil((due + 1) / note) * note : due;
}
