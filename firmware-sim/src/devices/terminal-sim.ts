import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Random } from "@gatehouse/shared/ports/random";
import type {
  ChargeAnswer,
  ChargeEnquiry,
  ChargeRequest,
  PaymentTerminal,
  TerminalReceipt,
} from "@gatehouse/shared/ports/terminal";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { wait } from "../chance.ts";
import type { TerminalFront } from "../hardware.ts";

type TerminalFault = Parameters<TerminalFront["setFault"]>[0];
type Card = Parameters<TerminalFront["presentCard"]>[0];

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
  readonly #booked = new Map<string, number>();
  #fault: TerminalFault = "none";
  #receipts = 0;
  #last: TerminalReceipt | undefined;
  #busy = false;
  #wanted: (amountMinor: number) => void = () => {};
  #endCardWait: ((card: Card | undefined) => void) | undefined;
  #lastSeen: Instant | undefined;
  #lostAnswers = 0;

  constructor(parts: TerminalSimParts) {
    this.#parts = parts;
    this.id = parts.terminalId;
    this.name = `terminal ${parts.terminalId}`;
  }

  get booked(): ReadonlyMap<string, number> {
    return this.#booked;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  setFault(fault: TerminalFault): void {
    this.#fault = fault;
  }

  onCardWanted(listener: (amountMinor: number) => void): void {
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
    return this.#last?.receiptNumber;
  }

  async charge(
    request: ChargeRequest,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    const { clock, random } = this.#parts;
    if (this.#fault === "silent") throw await this.#silence();
    if (this.#busy) throw new Fault("terminal-busy", "another transaction is running");
    this.#busy = true;
    try {
      await clock.sleep(wait(random, 0.3, 0.6));
      const card = await this.#waitForCard(request.amount);
      if (card === undefined) return declined("6c", "cancelled or timed out");
      await clock.sleep(wait(random, 1, 3));
      if (!card.approves) return declined("05", "the bank declines");
      return await this.#book(request, card, approved);
    } finally {
      this.#busy = false;
    }
  }

  async enquire(request: ChargeRequest, since: string | undefined): Promise<ChargeEnquiry> {
    const { clock, random } = this.#parts;
    if (this.#fault === "silent") throw await this.#silence();
    for (let polls = 0; this.#busy; polls++) {
      if (polls >= busyPolls) throw new Fault("terminal-unreachable", "it stays busy");
      await clock.sleep(seconds(1));
    }
    await clock.sleep(wait(random, 0.5, 1.5));
    this.#lastSeen = clock.now();
    const last = this.#last;
    if (last === undefined || last.receiptNumber === since) return { kind: "not-booked" };
    if (!this.#booked.has(last.receiptNumber)) return { kind: "not-booked" };
    if (last.amount === request.amount) return { kind: "captured", receipt: last };
    return { kind: "undecided", detail: `last receipt ${last.receiptNumber} has another amount` };
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
        counters: { receipts: this.#receipts, lost_answers: this.#lostAnswers },
      },
    ];
  }

  #waitForCard(amount: number): Promise<Card | undefined> {
    return new Promise((resolve) => {
      const end = (card: Card | undefined): void => {
        cancel();
        this.#endCardWait = undefined;
        resolve(card);
      };
      const cancel = this.#parts.clock.after(cardPatience, () => end(undefined));
      this.#endCardWait = end;
      this.#wanted(amount);
    });
  }

  async #book(
    request: ChargeRequest,
    card: Card,
    approved: (receipt: TerminalReceipt) => void,
  ): Promise<ChargeAnswer> {
    if (this.#fault === "close-before-booking") throw await this.#lostAnswer();
    this.#receipts = (this.#receipts % lastReceiptNumber) + 1;
    const receipt: TerminalReceipt = {
      terminalId: this.id,
      receiptNumber: String(this.#receipts).padStart(4, "0"),
      traceNumber: String(this.#receipts).padStart(6, "0"),
      amount: request.amount,
      cardName: card.name,
      cardLastFour: card.lastFour,
    };
    this.#booked.set(receipt.receiptNumber, request.amount);
    this.#last = receipt;
    if (this.#fault === "close-after-booking") throw await this.#lostAnswer();
    try {
      approved(receipt);
      if (this.#fault === "duplicate-status") approved(receipt);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#booked.delete(receipt.receiptNumber);
      return declined("66", "no goods issued: reversed");
    }
    this.#lastSeen = this.#parts.clock.now();
    return { kind: "captured", receipt };
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

const declined = (resultCode: string, reason: string): ChargeAnswer => ({
  kind: "declined",
  resultCode,
  reason,
});

const linkPatience = seconds(5);
const cardPatience = seconds(60);
const busyPolls = 120;
const lastReceiptNumber = 9999;
