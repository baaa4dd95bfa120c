import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  TerminalRunningData,
  TerminalStatusData,
  TerminalTotalsData,
} from "@gatehouse/shared/contracts/terminals";
import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type {
  Declined,
  EndOfDayEnquiry,
  PaymentTerminal,
  TerminalSums,
} from "@gatehouse/shared/ports/terminal";
import { seconds } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import { listUnresolved } from "../store/payments.ts";
import { type Refusal, refusal } from "./desk.ts";
import { isLeftToPerson } from "./money/card-writing.ts";

/** What people may ask of card terminals. Every call may throw a Fault of the terminal. */
export interface TerminalsDesk {
  status(terminalId: string): Promise<TerminalStatusData | Refusal>;
  /** What was booked since the last end of day; closes nothing. */
  totals(terminalId: string): Promise<TerminalTotalsData | Refusal>;
  /**
   * Closes the terminal's batch, and writes that down with who asked. Not before every charge there is decided: a
   * terminal that has had its end of day tells nothing about them any more.
   *
   * @param requestId the same one again asks how it went
   */
  endOfDay(
    terminalId: string,
    actor: Actor,
    requestId: string,
  ): Promise<TerminalTotalsData | TerminalRunningData | Refusal>;
}

export interface TerminalsDeps {
  readonly terminals: readonly PaymentTerminal[];
  readonly book: Book;
  readonly clock: Clock;
  readonly currency: string;
}

type Ended = TerminalTotalsData | Refusal;

/** A person hears of an end of day after so long at the latest, finished or not. */
const answerWithin = seconds(25);
/** How often, and how many times, a lost end of day is asked after. */
const enquiryEvery = seconds(5);
const enquiryLimit = 12;

/** The card terminals of a site. */
export class Terminals implements TerminalsDesk {
  readonly #deps: TerminalsDeps;
  /** The last end of day asked for, by terminal. */
  readonly #asked = new Map<string, { requestId: string; outcome: Promise<Ended> }>();

  constructor(deps: TerminalsDeps) {
    this.#deps = deps;
  }

  async status(terminalId: string): Promise<TerminalStatusData | Refusal> {
    const terminal = this.#terminal(terminalId);
    if ("kind" in terminal) return terminal;
    const told = await terminal.status();
    return {
      terminal_id: terminalId,
      state: told.state,
      result_code: told.resultCode,
      words: told.words,
      needs: [...told.needs],
      own_id: told.terminalId ?? null,
      last_receipt: told.lastReceipt ?? null,
      software: told.software ?? null,
      clock_off_s: told.clockOffBy === undefined ? null : Math.round(told.clockOffBy / 1000),
    };
  }

  async totals(terminalId: string): Promise<TerminalTotalsData | Refusal> {
    const terminal = this.#terminal(terminalId);
    if ("kind" in terminal) return terminal;
    const answer = await terminal.turnover();
    if (answer.kind === "declined") return declined(terminalId, "totals", answer);
    return this.#sums(terminalId, "has booked", answer);
  }

  async endOfDay(
    terminalId: string,
    actor: Actor,
    requestId: string,
  ): Promise<TerminalTotalsData | TerminalRunningData | Refusal> {
    const terminal = this.#terminal(terminalId);
    if ("kind" in terminal) return terminal;
    const known = this.#asked.get(terminalId);
    const outcome =
      known?.requestId === requestId ? known.outcome : this.#endOfDay(terminal, actor);
    this.#asked.set(terminalId, { requestId, outcome });
    // Whoever asks again hears of its failure; if nobody does, it is no bug.
    outcome.catch((error: unknown) => check(error instanceof Fault, "only a fault ends it"));
    const { clock } = this.#deps;
    const sentence = `${terminalId} is still at its end of day.`;
    const running = { terminal_id: terminalId, state: "running" as const, sentence };
    return Promise.race([outcome, clock.sleep(answerWithin).then(() => running)]);
  }

  async #endOfDay(terminal: PaymentTerminal, actor: Actor): Promise<Ended> {
    const { id } = terminal;
    const open = listUnresolved(this.#deps.book).filter(
      (payment) => payment.terminalId === id && !isLeftToPerson(payment),
    );
    if (open[0] !== undefined) {
      const what = open.length === 1 ? "one payment" : `${open.length} payments`;
      return refusal(
        "payments-open",
        `${id} has still to tell what became of ${what}; the first is ${open[0].paymentId}.`,
      );
    }
    const answer = await this.#closed(terminal);
    switch (answer.kind) {
      case "declined":
        return declined(id, "end of day", answer);
      case "not-done":
        return refusal("not-done", `${id} broke off, and its end of day has not taken place.`);
      case "undecided":
        return refusal("undecided", `Nobody can tell whether ${id} has closed: ${answer.detail}.`);
      case "done": {
        const sums = this.#sums(id, "has closed", answer);
        this.#writeDown(sums, actor);
        return sums;
      }
    }
  }

  /** Ends the day; when the answer is lost, asks what became of it and never ends it twice. */
  async #closed(terminal: PaymentTerminal): Promise<EndOfDayEnquiry | Declined> {
    const { clock } = this.#deps;
    const startedAt = clock.now();
    try {
      return await terminal.endOfDay();
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "terminal-answer-lost") throw error;
    }
    for (let asked = 1; ; asked += 1) {
      try {
        return await terminal.enquireEndOfDay(startedAt);
      } catch (error) {
        if (!(error instanceof Fault) || asked === enquiryLimit) throw error;
      }
      await clock.sleep(enquiryEvery);
    }
  }

  #writeDown({ terminal_id, totals }: TerminalTotalsData, by: Actor): void {
    const { book, clock, currency } = this.#deps;
    const sums = totals && {
      from_receipt: totals.from_receipt,
      to_receipt: totals.to_receipt,
      count: totals.count,
      amount_minor: totals.amount_minor,
    };
    book.write((tx) => {
      const body = { terminal_id, currency, totals: sums, by };
      tx.append(clock.now(), { type: "terminal-day-ended", body });
    });
  }

  #sums(terminalId: string, verb: string, { totals, papers }: TerminalSums): TerminalTotalsData {
    const { currency } = this.#deps;
    const lines = papers.flatMap((paper) => paper.lines);
    const head = { terminal_id: terminalId, currency, lines };
    if (totals === undefined) {
      return { ...head, sentence: `${terminalId} ${verb}; its totals are on paper.`, totals: null };
    }
    const count = totals.schemes.reduce((sum, each) => sum + each.count, 0);
    const amount = totals.schemes.reduce((sum, each) => sum + each.amount, 0);
    const money = formatMinor(minorUnits(amount), currency);
    return {
      ...head,
      sentence: `${terminalId} ${verb} ${count} payment${count === 1 ? "" : "s"}, ${money}.`,
      totals: {
        from_receipt: totals.fromReceipt,
        to_receipt: totals.toReceipt,
        count,
        amount_minor: amount,
        schemes: totals.schemes
          .filter((each) => each.count > 0)
          .map((each) => ({ scheme: each.scheme, count: each.count, amount_minor: each.amount })),
      },
    };
  }

  #terminal(terminalId: string): PaymentTerminal | Refusal {
    const { terminals } = this.#deps;
    const found = terminals.find(({ id }) => id === terminalId);
    if (found !== undefined) return found;
    const names = terminals.map(({ id }) => id).join(", ") || "none are configured";
    return refusal("unknown-terminal", `There is no terminal ${terminalId}; terminals: ${names}.`);
  }
}

const declined = (id: string, what: string, { resultCode, reason, advice }: Declined): Refusal =>
  refusal(
    advice === "person" ? "terminal-wants-person" : "declined",
    `${id} refuses its ${what}: ${reason} (${resultCode}).`,
  );
