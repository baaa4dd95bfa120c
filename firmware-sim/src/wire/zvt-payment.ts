import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, seconds } from "@gatehouse/shared/time";
import { hex } from "./zvt-bytes.ts";
import type { ZvtConnection } from "./zvt-connection.ts";
import type { SimulatedCard, ZvtJournal } from "./zvt-journal.ts";

/** What a payment may do wrong. After a booking the terminal keeps it unless the fault says that it reverses. */
export type ZvtPaymentFault =
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

export interface PresentedCard extends SimulatedCard {
  readonly approves: boolean;
}

export interface PaymentOptions {
  readonly connection: ZvtConnection;
  readonly journal: ZvtJournal;
  readonly clock: Clock;
  readonly amountMinor: number;
  readonly printsLines: boolean;
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

/** One payment at a terminal, from the display that asks for a card to the receipt. */
export class ZvtPayment {
  readonly #options: PaymentOptions;
  readonly #card = Promise.withResolvers<PresentedCard | undefined>();

  constructor(options: PaymentOptions) {
    this.#options = options;
  }

  present(card: PresentedCard): void {
    this.#card.resolve(card);
  }

  /** Only until a card was presented. */
  cancel(): void {
    this.#card.resolve(undefined);
  }

  async run(askForCard: () => void): Promise<void> {
    const { connection, clock, journal, amountMinor } = this.#options;
    await connection.say(0x04ff, hex("0a"));
    askForCard();
    const cancelPatience = clock.after(cardPatience, () => this.cancel());
    const card = await this.#card.promise;
    cancelPatience();
    if (card === undefined) return this.#refuse(code.cancelled);

    await connection.say(0x04ff, hex("04"));
    await clock.sleep(this.#timeAtTerminal());
    if (this.#has("close-before-booking")) return connection.close();
    if (!card.approves) return this.#refuse(code.bankDeclines);
    const receipt = journal.book(this.#has("approves-less") ? amountMinor - 1 : amountMinor, card);
    if (this.#has("silent-after-booking")) return;
    if (this.#has("close-after-booking")) return connection.close();
    await this.#tellApproval(receipt);
  }

  async #tellApproval(receipt: NonNullable<ZvtJournal["last"]>): Promise<void> {
    const { connection, journal, printsLines, clock } = this.#options;
    const plain = journal.status(receipt);
    const status = this.#has("unknown-field") ? Buffer.concat([plain, hex("f7 0102 27ff")]) : plain;
    if (this.#has("close-before-our-acknowledge") || this.#reversesUnacknowledged()) {
      connection.tell(0x040f, status);
      connection.closeAfterSending();
      if (this.#reversesUnacknowledged()) await this.#reverse(receipt);
      return;
    }
    let answer = await connection.say(0x040f, status);
    if (this.#has("duplicate-status")) answer = await connection.say(0x040f, status);
    for (let waits = 0; answer?.control === 0x849c && waits < goodsWaitsMax; waits += 1) {
      await clock.sleep(goodsWait);
      answer = await connection.say(0x040f, status);
    }
    if (answer?.control === 0x8466) return this.#takeBack(receipt);
    if (this.#has("close-before-completion")) return connection.close();
    for (const line of printsLines ? journal.lines(receipt) : []) {
      await connection.say(0x06d1, Buffer.concat([hex("00"), Buffer.from(line, "latin1")]));
    }
    if (this.#has("abort-after-approval")) return connection.tell(0x061e, hex("cc"));
    connection.tell(0x060f, Buffer.alloc(0));
  }

  /** The register could not issue the goods. */
  async #takeBack(receipt: NonNullable<ZvtJournal["last"]>): Promise<void> {
    const { connection } = this.#options;
    await connection.say(0x04ff, hex("05"));
    await this.#reverse(receipt);
    connection.tell(0x061e, hex("6c"));
  }

  async #reverse(receipt: NonNullable<ZvtJournal["last"]>): Promise<void> {
    await this.#options.clock.sleep(reversal);
    this.#options.journal.reverse(receipt);
  }

  async #refuse(why: number): Promise<void> {
    const { connection, journal } = this.#options;
    await connection.say(0x040f, journal.refusal(why));
    if (!this.#has("declined-status-only")) connection.tell(0x061e, Buffer.of(why));
  }

  #timeAtTerminal(): Duration {
    const atCard = this.#options.amountMinor > contactlessMax ? pinEntry : contactless;
    return seconds((atCard + bankAnswer) / 1000);
  }

  #reversesUnacknowledged(): boolean {
    return this.#has("close-before-our-acknowledge-and-reverse");
  }

  #has(fault: ZvtPaymentFault): boolean {
    return this.#options.fault() === fault;
  }
}
