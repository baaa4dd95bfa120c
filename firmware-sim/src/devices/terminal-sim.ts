import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Random } from "@gatehouse/shared/ports/random";
import type {
  ChargeAnswer,
  ChargeEnquiry,
  ChargeRequest,
  Declined,
  EndOfDayEnquiry,
  GiveBackAnswer,
  GiveBackEnquiry,
  PaymentTerminal,
  RefundRequest,
  ReversalRequest,
  TerminalReceipt,
  TerminalStatus,
  TotalsAnswer,
} from "@gatehouse/shared/ports/terminal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { wait } from "../chance.ts";
import type { TerminalFront } from "../hardware.ts";
import type { Card } from "./card-purses.ts";
import { enquireCharge, enquireEndOfDay, enquireGivenBack } from "./terminal-enquiries.ts";
import { type CardPaper, reversalRefusals, TerminalMemory } from "./terminal-memory.ts";
import { receiptOf, totalsOf } from "./terminal-papers.ts";

type TerminalFault = Parameters<TerminalFront["setFault"]>[0];

export interface TerminalSimParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly terminalId: string;
  readonly laneId?: string;
}

/**
 * A card terminal in memory. It books before it says so, and what it has booked stands unless the facility
 * answers that no goods were issued; a facility that dies in between must ask.
 */
export class TerminalSim implements PaymentTerminal, TerminalFront {
  readonly id: string;
  readonly name: string;
  readonly #parts: TerminalSimParts;
  readonly #memory: TerminalMemory;
  #fault: TerminalFault = "none";
  #busy = false;
  #wanted: Parameters<TerminalFront["onCardWanted"]>[0] = () => {};
  #endCardWait: ((card: Card | undefined) => void) | undefined;
  #lastSeen: Instant | undefined;
  #lostAnswers = 0;

  constructor(parts: TerminalSimParts) {
    this.#parts = parts;
    this.id = parts.terminalId;
    this.name = `terminal ${parts.terminalId}`;
    this.#memory = new TerminalMemory(() => parts.clock.now(), 0);
  }

  get booked(): ReadonlyMap<string, number> {
    return this.#memory.booked;
  }

  get purses(): TerminalMemory["purses"] {
    return this.#memory.purses;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  setFault(fault: TerminalFault): void {
    this.#fault = fault;
  }

  onCardWanted(listener: Parameters<TerminalFront["onCardWanted"]>[0]): void {
    this.#wanted = listener;
  }

  presentCard(card: Card): void {
    this.#endCardWait?.(card);
  }

  cancel(): void {
    this.#endCardWait?.(undefined);
  }

  /** The connection is gone: a terminal that still waits for a card stops waiting. */
  dropLink(): void {
    this.#endCardWait?.(undefined);
  }

  lastReceipt(): string | undefined {
    const { number } = this.#memory;
    return number === 0 ? undefined : String(number).padStart(4, "0");
  }

  charge(
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    return this.#alone(async () => {
      const card = await this.#cardFor(request.amount, "payment");
      return "kind" in card ? card : await this.#book(request, card, approved);
    });
  }

  reverse({ receiptNumber }: ReversalRequest): Promise<GiveBackAnswer> {
    return this.#alone(async () => {
      await this.#pause(0.5, 2);
      return await this.#giveBack(() => this.#memory.reverse(receiptNumber));
    });
  }

  refund({ amount }: RefundRequest): Promise<GiveBackAnswer> {
    return this.#alone(async () => {
      const card = await this.#cardFor(amount, "refund");
      if ("kind" in card) return card;
      return await this.#giveBack(() => this.#memory.refund(amount, card));
    });
  }

  endOfDay(): Promise<TotalsAnswer> {
    return this.#alone(async () => {
      await this.#pause(2, 5);
      if (this.#fault === "close-before-booking") throw await this.#lostAnswer();
      const { totals } = this.#memory.endDay();
      if (this.#fault === "close-after-booking") throw await this.#lostAnswer();
      return { kind: "done", totals: totalsOf(totals), papers: [] };
    });
  }

  turnover(): Promise<TotalsAnswer> {
    return this.#alone(async () => {
      await this.#pause(0.5, 1);
      return { kind: "done", totals: totalsOf(this.#memory.totals()), papers: [] };
    });
  }

  status(): Promise<TerminalStatus> {
    return this.#alone(async () => {
      await this.#pause(0.1, 0.3);
      const lastReceipt = this.lastReceipt();
      const known = { terminalId: this.id, ...(lastReceipt !== undefined && { lastReceipt }) };
      return { state: "ready", resultCode: "00", words: "all is well", needs: [], ...known };
    });
  }

  enquire(request: ChargeRequest, since: string | undefined): Promise<ChargeEnquiry> {
    return this.#asked(() => enquireCharge(this.#memory, this.id, request.amount, since));
  }

  enquireReversal(request: ReversalRequest, since: string | undefined): Promise<GiveBackEnquiry> {
    const { amount } = request;
    return this.#asked(() => enquireGivenBack(this.#memory, this.id, "reversal", amount, since));
  }

  enquireRefund({ amount }: RefundRequest, since: string | undefined): Promise<GiveBackEnquiry> {
    return this.#asked(() => enquireGivenBack(this.#memory, this.id, "refund", amount, since));
  }

  enquireEndOfDay(startedAt: Instant): Promise<EndOfDayEnquiry> {
    return this.#asked(() => enquireEndOfDay(this.#memory, startedAt));
  }

  async abort(): Promise<void> {
    this.#endCardWait?.(undefined);
  }

  report(): readonly DeviceReport[] {
    const { laneId } = this.#parts;
    return [
      {
        id: this.id,
        kind: "terminal",
        make: "simulated card terminal",
        ...(laneId === undefined ? {} : { laneId }),
        state: this.#fault === "silent" ? "offline" : "online",
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        counters: { receipts: this.#memory.number, lost_answers: this.#lostAnswers },
      },
    ];
  }

  /** One thing at a time. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#fault === "silent") throw await this.#silence();
    if (this.#busy) throw new Fault("terminal-busy", "another transaction is running");
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  /** An enquiry waits until what runs has ended. */
  async #asked<T>(judge: () => T): Promise<T> {
    const { clock } = this.#parts;
    if (this.#fault === "silent") throw await this.#silence();
    for (let polls = 0; this.#busy; polls++) {
      if (polls >= busyPolls) throw new Fault("terminal-unreachable", "it stays busy");
      await clock.sleep(seconds(1));
    }
    await this.#pause(0.5, 1.5);
    this.#lastSeen = clock.now();
    return judge();
  }

  /** A card that its bank lets pay, or why there is none. */
  async #cardFor(amount: Minor, purpose: "payment" | "refund"): Promise<Card | Declined> {
    await this.#pause(0.3, 0.6);
    const card = await this.#waitForCard(amount, purpose);
    if (card === undefined) return declined("6c", "cancelled or timed out");
    await this.#pause(1, 3);
    return card.approves ? card : declined("05", "the bank declines");
  }

  #waitForCard(amount: Minor, purpose: "payment" | "refund"): Promise<Card | undefined> {
    return new Promise((resolve) => {
      const end = (card: Card | undefined): void => {
        cancel();
        this.#endCardWait = undefined;
        resolve(card);
      };
      const cancel = this.#parts.clock.after(cardPatience, () => end(undefined));
      this.#endCardWait = end;
      this.#wanted(amount, purpose);
    });
  }

  async #book(
    request: ChargeRequest,
    card: Card,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    if (this.#fault === "close-before-booking") throw await this.#lostAnswer();
    const paper = this.#memory.pay(request.amount, card);
    const receipt = receiptOf(paper, this.id);
    if (this.#fault === "close-after-booking") throw await this.#lostAnswer();
    try {
      approved(receipt);
      if (this.#fault === "duplicate-status") approved(receipt);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#memory.reverse(paper.number);
      return declined("66", "no goods issued: reversed");
    }
    this.#lastSeen = this.#parts.clock.now();
    return { kind: "captured", receipt };
  }

  async #giveBack(book: () => CardPaper | number): Promise<GiveBackAnswer> {
    if (this.#fault === "close-before-booking") throw await this.#lostAnswer();
    const paper = book();
    if (this.#fault === "close-after-booking") throw await this.#lostAnswer();
    this.#lastSeen = this.#parts.clock.now();
    if (paper === reversalRefusals.alreadyReversed) return { kind: "done" };
    if (typeof paper === "number") return declined("b5", "reversal is not possible");
    return { kind: "done", receipt: receiptOf(paper, this.id) };
  }

  #pause(low: number, high: number): Promise<void> {
    const { clock, random } = this.#parts;
    return clock.sleep(wait(random, low, high));
  }

  async #silence(): Promise<Fault> {
    await this.#parts.clock.sleep(linkPatience);
    return new Fault("terminal-unreachable", `${this.id} does not answer`);
  }

  async #lostAnswer(): Promise<Fault> {
    this.#lostAnswers++;
    await this.#parts.clock.sleep(linkPatience);
    return new Fault("terminal-answer-lost", `${this.id} fell silent during a payment`);
  }
}

const declined = (resultCode: string, reason: string): Declined => ({
  kind: "declined",
  resultCode: resultCode.toUpperCase(),
  reason,
  advice: "none",
});

const linkPatience = seconds(5);
const cardPatience = seconds(60);
const busyPolls = 120;
