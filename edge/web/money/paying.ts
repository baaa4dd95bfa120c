import type { DueView, MoneyAnswer, PaymentView } from "@gatehouse/shared/contracts/money";
import type { ValidationView } from "@gatehouse/shared/contracts/validations";
import { type Signal, signal } from "@preact/signals";
import type { Told } from "../../../shared/web/ask.ts";
import { newRequestId, tellAt } from "../opening.ts";
import { hideShown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { askDue, askPaymentsOf } from "./money-api.ts";
import type { Owing } from "./owing.ts";
import { lookAtTills } from "./tills.ts";
import { askValidationsOf } from "./validation-api.ts";

/** One driver's paying at the desk: what is owed, and what came of the last press. */
export class Paying {
  readonly owing: Owing;
  readonly due: Signal<Told<DueView> | undefined> = signal(undefined);
  readonly paid: Signal<readonly PaymentView[]> = signal([]);
  /** What merchants gave to the stay. */
  readonly given: Signal<readonly ValidationView[]> = signal([]);
  readonly isAsking = signal(false);
  readonly trouble = signal("");
  /** What was paid just now: the change is to be given, the receipt to be offered. */
  readonly outcome: Signal<MoneyAnswer | undefined> = signal(undefined);
  #requestId = newRequestId();

  constructor(owing: Owing) {
    this.owing = owing;
  }

  async look(): Promise<void> {
    const { purpose, subjectId } = this.owing;
    this.due.value = await askDue(purpose, subjectId);
    if (purpose !== "stay") return;
    const [paid, given] = await Promise.all([
      askPaymentsOf(subjectId),
      askValidationsOf(subjectId),
    ]);
    if (paid.kind === "ok") this.paid.value = paid.value.payments;
    if (given.kind === "ok") this.given.value = given.value.validations;
  }

  get dueMinor(): number {
    return this.due.value?.kind === "ok" ? this.due.value.value.due_minor : 0;
  }

  /** What every request of a payment says of itself. */
  get payable() {
    const { purpose, subjectId } = this.owing;
    return { request_id: this.#requestId, purpose, subject_id: subjectId };
  }

  /** Asks for something; until the answer is known the same press is the same request. */
  async press<T>(
    send: (requestId: string) => Promise<Told<T>>,
    done: (answer: T) => void,
  ): Promise<void> {
    if (this.isAsking.value) return;
    this.isAsking.value = true;
    const told = await send(this.#requestId);
    this.isAsking.value = false;
    this.trouble.value = troubleOf(told);
    if (told.kind === "refused") {
      this.#requestId = newRequestId();
      void this.look();
      void lookAtTills();
    }
    if (told.kind !== "ok") return;
    this.#requestId = newRequestId();
    done(told.value);
  }

  /** A payment: its change and its receipt are next. */
  pay(send: (requestId: string) => Promise<Told<MoneyAnswer>>): Promise<void> {
    return this.press(send, (answer) => {
      this.outcome.value = answer;
      void this.look();
    });
  }

  /** It is done here; the lane, if one waits, says so. */
  leave(sentence: string): void {
    const { laneId } = this.owing;
    if (laneId !== undefined) tellAt(laneId, sentence);
    hideShown();
  }
}
