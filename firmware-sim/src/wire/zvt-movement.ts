import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, seconds } from "@gatehouse/shared/time";
import type { Card } from "../devices/card-purses.ts";
import { hex } from "./zvt-bytes.ts";
import type { ZvtConnection } from "./zvt-connection.ts";
import type { Paper } from "./zvt-journal.ts";

/** What a movement may do wrong. After a booking the terminal keeps it unless the fault says that it reverses. */
export type ZvtMovementFault =
  | "no-acknowledge"
  | "silent-after-acknowledge"
  | "silent-after-booking"
  | "close-before-booking"
  | "close-after-booking"
  | "close-before-our-acknowledge"
  | "close-before-our-acknowledge-and-reverse"
  | "close-before-completion"
  | "abort-after-approval"
  | "duplicate-status"
  | "unknown-field"
  | "approves-less"
  | "declined-status-only"
  | "late-approval";

/** What moves money, or closes the batch that holds it. */
export interface Movement {
  readonly kind: "payment" | "reversal" | "refund" | "end of day";
  /** Books it, once the card, if one is wanted, is accepted. @returns a result code where it cannot be booked */
  readonly book: (card: Card | undefined) => Paper | number;
  /** Takes the booking back by itself. */
  readonly takeBack: (paper: Paper) => void;
}

export interface MovementOptions {
  readonly connection: ZvtConnection;
  readonly clock: Clock;
  readonly amountMinor: number;
  readonly movement: Movement;
  /** The data of a status information, and of a refusal's. */
  readonly status: (paper: Paper) => Buffer;
  readonly refusal: (code: number) => Buffer;
  /** Has the paper printed by the register, where it wants that. */
  readonly print: (paper: Paper) => Promise<void>;
  readonly fault: () => string;
}

/** How long the terminal waits for a card. */
const cardPatience = seconds(60);
const contactless = seconds(1.5);
/** Above this (minor units) the card wants its PIN. */
const contactlessMax = 5000;
const pinEntry = seconds(7);
const bankAnswer = seconds(1.5);
const reversal = seconds(2);
/** How often and how many times a status is repeated for a register that says "please wait". */
const goodsWait = seconds(2);
const goodsWaitsMax = 30;

const code = { bankDeclines: 0x05, cancelled: 0x6c } as const;
const display = { waitingForBank: "04", reversing: "05", insertCard: "0a", pleaseWait: "0e" };

/** One movement at a terminal, from the display that asks for a card to the receipt. */
export class ZvtMovement {
  readonly #options: MovementOptions;
  readonly #card = Promise.withResolvers<Card | undefined>();

  constructor(options: MovementOptions) {
    this.#options = options;
  }

  present(card: Card): void {
    this.#card.resolve(card);
  }

  /** Only until a card was presented. */
  cancel(): void {
    this.#card.resolve(undefined);
  }

  /** @param askForCard called when the display asks for a card */
  async run(askForCard: () => void): Promise<void> {
    const { connection, clock, movement } = this.#options;
    const wantsCard = movement.kind === "payment" || movement.kind === "refund";
    await this.#show(wantsCard ? display.insertCard : display.pleaseWait);
    const card = wantsCard ? await this.#waitForCard(askForCard) : undefined;
    if (wantsCard && card === undefined) return this.#refuse(code.cancelled);
    await this.#show(display.waitingForBank);
    await clock.sleep(this.#timeAtTerminal());
    if (this.#has("close-before-booking")) return connection.close();
    if (card?.approves === false) return this.#refuse(code.bankDeclines);
    const paper = movement.book(card);
    if (typeof paper === "number") return this.#refuse(paper);
    if (this.#has("silent-after-booking")) return;
    if (this.#has("close-after-booking")) return connection.close();
    await this.#tellApproval(paper);
  }

  async #waitForCard(askForCard: () => void): Promise<Card | undefined> {
    askForCard();
    const cancelPatience = this.#options.clock.after(cardPatience, () => this.cancel());
    const card = await this.#card.promise;
    cancelPatience();
    return card;
  }

  async #tellApproval(paper: Paper): Promise<void> {
    const { connection, movement } = this.#options;
    const plain = this.#options.status(paper);
    const status = this.#has("unknown-field") ? Buffer.concat([plain, hex("f7 0102 27ff")]) : plain;
    if (this.#has("close-before-our-acknowledge") || this.#reversesUnacknowledged()) {
      connection.tell(0x040f, status);
      connection.closeAfterSending();
      if (this.#reversesUnacknowledged()) await this.#takeBack(paper);
      return;
    }
    const answer = await this.#tellStatus(status);
    if (answer === 0x8466 && movement.kind === "payment") return this.#goodsNotIssued(paper);
    if (this.#has("close-before-completion")) return connection.close();
    await this.#options.print(paper);
    if (this.#has("abort-after-approval")) return connection.tell(0x061e, hex("cc"));
    connection.tell(0x060f, Buffer.alloc(0));
  }

  /** Says it until the register does not ask to wait any more. @returns how it answered */
  async #tellStatus(status: Buffer): Promise<number | undefined> {
    const { connection, clock } = this.#options;
    let answer = await connection.say(0x040f, status);
    if (this.#has("duplicate-status")) answer = await connection.say(0x040f, status);
    for (let waits = 0; answer?.control === 0x849c && waits < goodsWaitsMax; waits += 1) {
      await clock.sleep(goodsWait);
      answer = await connection.say(0x040f, status);
    }
    return answer?.control;
  }

  async #goodsNotIssued(paper: Paper): Promise<void> {
    await this.#show(display.reversing);
    await this.#takeBack(paper);
    this.#options.connection.tell(0x061e, hex("6c"));
  }

  async #takeBack(paper: Paper): Promise<void> {
    await this.#options.clock.sleep(reversal);
    this.#options.movement.takeBack(paper);
  }

  async #refuse(why: number): Promise<void> {
    const { connection, refusal } = this.#options;
    await connection.say(0x040f, refusal(why));
    if (!this.#has("declined-status-only")) connection.tell(0x061e, Buffer.of(why));
  }

  async #show(text: string): Promise<void> {
    await this.#options.connection.say(0x04ff, hex(text));
  }

  #timeAtTerminal(): Duration {
    const { amountMinor, movement } = this.#options;
    if (movement.kind === "reversal" || movement.kind === "end of day") return bankAnswer;
    const atCard = amountMinor > contactlessMax ? pinEntry : contactless;
    return seconds((atCard + bankAnswer) / 1000);
  }

  #reversesUnacknowledged(): boolean {
    return this.#has("close-before-our-acknowledge-and-reverse");
  }

  #has(fault: ZvtMovementFault): boolean {
    return this.#options.fault() === fault;
  }
}
