import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Card, CardPurses } from "../devices/card-purses.ts";
import { TerminalMemory } from "../devices/terminal-memory.ts";
import type { TerminalFront } from "../hardware.ts";
import { ascii, hex, variable, type ZvtUnit } from "./zvt-bytes.ts";
import { ZvtConnection, type ZvtDelivery } from "./zvt-connection.ts";
import { type Paper, ZvtJournal } from "./zvt-journal.ts";
import { type Movement, ZvtMovement } from "./zvt-movement.ts";
import { code, type Order, orderKindOf, orderOf, registrationOf } from "./zvt-orders.ts";
import { printAt, type Printing } from "./zvt-printing.ts";
import type { ZvtFault, ZvtTerminalSimOptions } from "./zvt-sim-options.ts";

/**
 * A payment terminal on TCP: registration, authorisation, reversal, refund, end of day, totals, cancelling, repeat
 * receipt and status enquiry. What moves money goes on by itself when its connection ends.
 */
export class ZvtTerminalSim implements TerminalFront {
  readonly name: string;
  readonly #options: ZvtTerminalSimOptions;
  readonly #terminalId: string;
  readonly #currencyNumber: string;
  readonly #memory: TerminalMemory;
  readonly #journal: ZvtJournal;
  readonly #server = createServer((socket) => this.#welcome(socket));
  #connection: ZvtConnection | undefined;
  #running: ZvtMovement | undefined;
  #printing: Printing = "none";
  #isRegistered = false;
  #fault: ZvtFault | "none" = "none";
  #busyLeft = 0;
  #onCardWanted: Parameters<TerminalFront["onCardWanted"]>[0] = () => undefined;

  constructor(options: ZvtTerminalSimOptions) {
    const { clock, timezone, merchant = "Parkhaus", lastReceipt = 41, currency = euro } = options;
    this.name = options.name ?? "terminal";
    this.#options = options;
    this.#terminalId = options.terminalId ?? "29001234";
    this.#currencyNumber = currency.number;
    this.#memory = new TerminalMemory(() => clock.now(), lastReceipt);
    this.#journal = new ZvtJournal({
      timezone,
      merchant,
      terminalId: this.#terminalId,
      currencyNumber: currency.number,
      currencyName: currency.name,
      reversalsKeepNumber: options.reversalsKeepNumber ?? false,
      leaksCards: () => this.#fault === "leaks-cards",
    });
  }

  /** Where it listens; known after `start`. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The last receipt number given; the next run of the terminal goes on from it. */
  get lastReceipt(): number {
    return this.#memory.number;
  }

  get booked(): ReadonlyMap<string, number> {
    return this.#memory.booked;
  }

  get purses(): CardPurses {
    return this.#memory.purses;
  }

  start(): Promise<void> {
    const { host = "127.0.0.1", port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    this.#connection?.close();
    this.#running?.cancel();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  onCardWanted(listener: Parameters<TerminalFront["onCardWanted"]>[0]): void {
    this.#onCardWanted = listener;
  }

  presentCard(card: Card): void {
    this.#running?.present(card);
  }

  cancel(): void {
    this.#running?.cancel();
  }

  setFault(fault: ZvtFault | "none"): void {
    this.#fault = fault;
    this.#busyLeft = fault === "busy-for-a-while" ? 2 : 0;
  }

  /** One register at a time: a new connection takes the place of one that may be half open. */
  #welcome(socket: Socket): void {
    this.#connection?.close();
    const connection: ZvtConnection = new ZvtConnection(
      socket,
      () => (isDelivery(this.#fault) ? this.#fault : "plain"),
      () => this.#fault === "silent",
      (command) => this.#obey(command, connection),
    );
    this.#connection = connection;
    this.#isRegistered = false;
  }

  #obey({ control, data }: ZvtUnit, connection: ZvtConnection): void {
    if (control === 0x06b0) {
      connection.acknowledge();
      if (this.#fault !== "late-approval") this.#running?.cancel();
      return;
    }
    if (this.#isBusy()) return connection.acknowledge(code.pleaseWait);
    const kind = orderKindOf(control);
    if (kind !== undefined) return this.#order(kind, data, connection);
    switch (control) {
      case 0x0600:
        return this.#register(data, connection);
      case 0x0501:
        return this.#tellState(connection);
      case 0x0610:
        return this.#tell(data, connection, () => this.#tellTurnover(connection));
      case 0x0620:
        return this.#tell(data, connection, () => this.#tellPaper(connection));
      default:
        return connection.acknowledge(code.notPossible);
    }
  }

  #isBusy(): boolean {
    if (this.#busyLeft > 0) this.#busyLeft -= 1;
    else if (this.#fault !== "busy") return false;
    return true;
  }

  #register(data: Buffer, connection: ZvtConnection): void {
    const wish = registrationOf(data);
    const isTooNew = wish?.hasContainer === true && this.#options.refusesContainers === true;
    if (wish === undefined || isTooNew) return connection.acknowledge(code.protocolError);
    if (!this.#knowsPassword(wish.password)) return connection.acknowledge(code.notPossible);
    connection.acknowledge();
    if (!this.#takes(wish.currency)) return this.#refuseCurrency(connection);
    this.#printing = wish.printing;
    this.#isRegistered = true;
    const needs = hexByte(this.#options.needs ?? 0);
    connection.tell(0x060f, hex(`19${needs} 29${this.#terminalId} 49${this.#currencyNumber}`));
  }

  #tellState(connection: ZvtConnection): void {
    connection.acknowledge();
    const { tells = "fields", state = 0, clock } = this.#options;
    const now = this.#running === undefined ? state : code.pleaseWait;
    const { date, time } = this.#journal.clock(clock.now());
    const told =
      tells === "fields"
        ? hex(`27${hexByte(now)} 0c${time} 0d${date}`)
        : Buffer.concat([variable(ascii("GH 1.7"), 3), Buffer.of(now), hex("06 00")]);
    connection.tell(0x060f, told);
  }

  #order(kind: Order["kind"], data: Buffer, connection: ZvtConnection): void {
    if (this.#fault === "forgets-registration") this.#isRegistered = false;
    if (!this.#isRegistered) return connection.acknowledge(code.notRegistered);
    if (this.#running !== undefined) return connection.acknowledge(code.pleaseWait);
    const order = orderOf(kind, data);
    if (order === undefined) return connection.acknowledge(code.protocolError);
    if (!this.#knowsPassword(order.password)) return connection.acknowledge(code.notPossible);
    if (this.#fault === "no-acknowledge") return;
    connection.acknowledge();
    if (this.#fault === "silent-after-acknowledge") return;
    if (!this.#takes(order.currency)) return this.#refuseCurrency(connection);
    void this.#move(order, connection);
  }

  async #move(order: Order, connection: ZvtConnection): Promise<void> {
    const { kind, amountMinor } = order;
    const movement = new ZvtMovement({
      connection,
      amountMinor,
      clock: this.#options.clock,
      movement: this.#movementOf(order),
      status: (paper) => this.#journal.status(paper),
      refusal: (why) => this.#journal.refusal(why),
      print: (paper) => this.#print(paper, connection),
      fault: () => this.#fault,
    });
    this.#running = movement;
    await movement.run(() =>
      this.#onCardWanted(amountMinor, kind === "refund" ? "refund" : "payment"),
    );
    this.#running = undefined;
  }

  #movementOf({ kind, amountMinor, receipt }: Order): Movement {
    const memory = this.#memory;
    const amount = this.#fault === "approves-less" ? amountMinor - 1 : amountMinor;
    const books: Record<Order["kind"], Movement["book"]> = {
      payment: (card = nobody) => memory.pay(amount, card),
      refund: (card = nobody) => memory.refund(amount, card),
      reversal: () => memory.reverse(receipt),
      "end of day": () => memory.endDay(),
    };
    const takeBack = (paper: Paper): void => {
      if (paper.kind === "payment") memory.reverse(paper.number);
    };
    return { kind, book: books[kind], takeBack };
  }

  /** A command that only tells. */
  #tell(data: Buffer, connection: ZvtConnection, answer: () => Promise<void>): void {
    const password = data.toString("hex", 0, 3);
    if (!this.#knowsPassword(password)) return connection.acknowledge(code.notPossible);
    if (this.#running !== undefined) return connection.acknowledge(code.pleaseWait);
    connection.acknowledge();
    void answer();
  }

  async #tellTurnover(connection: ZvtConnection): Promise<void> {
    const totals = this.#memory.totals();
    const at = this.#options.clock.now();
    await connection.say(0x040f, this.#journal.totalsStatus(totals, at));
    const lines = this.#journal.totalsLines("UMSATZ", totals, at);
    await printAt(connection, this.#printing, [{ for: "administration", lines }]);
    connection.tell(0x060f, Buffer.alloc(0));
  }

  async #tellPaper(connection: ZvtConnection): Promise<void> {
    const { last } = this.#memory;
    const { repeats = "status-and-lines", lastReceipt = 41 } = this.#options;
    if (last === undefined) {
      // Of the time before it was switched on it knows only the number.
      await connection.say(0x040f, hex(`2700 87${String(lastReceipt).padStart(4, "0")}`));
      return connection.tell(0x060f, Buffer.alloc(0));
    }
    if (repeats === "status-and-lines") await connection.say(0x040f, this.#journal.status(last));
    await this.#print(last, connection);
    connection.tell(0x060f, Buffer.alloc(0));
  }

  #print(paper: Paper, connection: ZvtConnection): Promise<void> {
    const readers = paper.kind === "end of day" ? administration : ofCard;
    const papers = readers.map((reader) => ({
      for: reader,
      lines: this.#journal.lines(paper, reader === "merchant" ? "merchant" : "customer"),
    }));
    return printAt(connection, this.#printing, papers);
  }

  #knowsPassword(told: string | undefined): boolean {
    return told === undefined || told === (this.#options.password ?? "000000");
  }

  #takes(currency: string | undefined): boolean {
    return currency === undefined || currency === this.#currencyNumber;
  }

  #refuseCurrency(connection: ZvtConnection): void {
    connection.tell(0x061e, hex(`${hexByte(code.wrongCurrency)}${this.#currencyNumber}`));
  }
}

const euro = { name: "EUR", number: "0978" };
const administration = ["administration"] as const;
const ofCard = ["merchant", "customer"] as const;

/** A movement asks for its card before it books: this one is never seen. */
const nobody: Card = { lastFour: "0000", name: "nobody", approves: false };

const hexByte = (value: number): string => value.toString(16).padStart(2, "0");

const isDelivery = (fault: string): fault is ZvtDelivery =>
  fault === "split" || fault === "merged" || fault === "long-lengths";
