import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { TerminalFront } from "../hardware.ts";
import { commandFields, hex, type ZvtUnit } from "./zvt-bytes.ts";
import { ZvtConnection, type ZvtDelivery } from "./zvt-connection.ts";
import { ZvtJournal } from "./zvt-journal.ts";
import { type PresentedCard, ZvtPayment, type ZvtPaymentFault } from "./zvt-payment.ts";

/** Faults of the wire, of the payment and of the whole terminal. */
export type ZvtFault =
  | ZvtPaymentFault
  | Exclude<ZvtDelivery, "plain">
  /** Hears nothing. */
  | "silent"
  /** Refuses every command with "please wait". */
  | "busy";

export interface ZvtTerminalSimOptions {
  readonly name?: string;
  readonly host?: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** The zone that the terminal's clock shows. */
  readonly timezone: string;
  readonly password?: string;
  readonly terminalId?: string;
  readonly currency?: { readonly name: string; readonly number: string };
  readonly merchant?: string;
  /** The last receipt number given before the terminal was switched on; its receipt itself is gone. */
  readonly lastReceipt?: number;
  /** Whether `06 20` repeats the status information and the lines, or only the printed lines. */
  readonly repeats?: "status-and-lines" | "lines";
}

const code = {
  notRegistered: 0x6b,
  wrongCurrency: 0x6f,
  notPossible: 0x83,
  protocolError: 0x9a,
  pleaseWait: 0x9c,
} as const;

/**
 * A payment terminal on TCP: registration, authorisation with its completion or abort, cancelling, repeat
 * receipt and status enquiry. A payment goes on by itself when its connection ends.
 */
export class ZvtTerminalSim implements TerminalFront {
  readonly name: string;
  readonly #options: ZvtTerminalSimOptions;
  readonly #terminalId: string;
  readonly #currencyNumber: string;
  readonly #journal: ZvtJournal;
  readonly #server = createServer((socket) => this.#welcome(socket));
  #connection: ZvtConnection | undefined;
  #payment: ZvtPayment | undefined;
  #printsLines = false;
  #isRegistered = false;
  #fault: ZvtFault | "none" = "none";
  #onCardWanted: (amountMinor: number) => void = () => undefined;

  constructor(options: ZvtTerminalSimOptions) {
    const { clock, timezone, merchant = "Parkhaus", lastReceipt = 41, currency = euro } = options;
    this.name = options.name ?? "terminal";
    this.#options = options;
    this.#terminalId = options.terminalId ?? "29001234";
    this.#currencyNumber = currency.number;
    this.#journal = new ZvtJournal({
      clock,
      timezone,
      merchant,
      lastReceipt,
      terminalId: this.#terminalId,
      currencyNumber: currency.number,
      currencyName: currency.name,
    });
  }

  /** Where it listens; known after `start`. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The last receipt number given; the next run of the terminal goes on from it. */
  get lastReceipt(): number {
    return this.#journal.number;
  }

  get booked(): ReadonlyMap<string, number> {
    return this.#journal.booked;
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
    this.#payment?.cancel();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  onCardWanted(listener: (amountMinor: number) => void): void {
    this.#onCardWanted = listener;
  }

  presentCard(card: PresentedCard): void {
    this.#payment?.present(card);
  }

  cancel(): void {
    this.#payment?.cancel();
  }

  setFault(fault: ZvtFault | "none"): void {
    this.#fault = fault;
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
      if (this.#fault !== "late-approval") this.#payment?.cancel();
      return;
    }
    if (this.#fault === "busy") return connection.acknowledge(code.pleaseWait);
    switch (control) {
      case 0x0600:
        return this.#register(data, connection);
      case 0x0501:
        return this.#tellState(connection);
      case 0x0601:
        return this.#authorise(data, connection);
      case 0x0620:
        return this.#repeat(data, connection);
      default:
        return connection.acknowledge(code.notPossible);
    }
  }

  /** Password, configuration byte, then the currency without a tag: a tagged one is refused. */
  #register(data: Buffer, connection: ZvtConnection): void {
    const bare = data.subarray(4);
    const hasCurrency = bare.length >= 2 && bare[0] !== 0x03 && bare[0] !== 0x06;
    const fields = commandFields(hasCurrency ? bare.subarray(2) : bare);
    if (data.length < 4 || bare[0] === 0x49 || fields === undefined) {
      return connection.acknowledge(code.protocolError);
    }
    if (!this.#knowsPassword(data)) return connection.acknowledge(code.notPossible);
    connection.acknowledge();
    if (hasCurrency && bare.toString("hex", 0, 2) !== this.#currencyNumber) {
      return connection.tell(0x061e, hex(`6f${this.#currencyNumber}`));
    }
    this.#printsLines = ((data[3] ?? 0) & 0x80) !== 0;
    this.#isRegistered = true;
    connection.tell(0x060f, hex(`1900 29${this.#terminalId} 49${this.#currencyNumber}`));
  }

  #tellState(connection: ZvtConnection): void {
    connection.acknowledge();
    const state = this.#payment === undefined ? 0 : code.pleaseWait;
    connection.tell(0x060f, Buffer.from([0x27, state]));
  }

  #authorise(data: Buffer, connection: ZvtConnection): void {
    const fields = commandFields(data);
    const amount = fields?.get(0x04)?.toString("hex") ?? "";
    const currency = fields?.get(0x49)?.toString("hex");
    if (!this.#isRegistered) return connection.acknowledge(code.notRegistered);
    if (this.#payment !== undefined) return connection.acknowledge(code.pleaseWait);
    if (!/^\d{12}$/.test(amount)) return connection.acknowledge(code.protocolError);
    if (this.#fault === "no-acknowledge") return;
    connection.acknowledge();
    if (this.#fault === "silent-after-acknowledge") return;
    if (currency !== undefined && currency !== this.#currencyNumber) {
      return connection.tell(0x061e, hex(`6f${this.#currencyNumber}`));
    }
    void this.#pay(Number(amount), connection);
  }

  async #pay(amountMinor: number, connection: ZvtConnection): Promise<void> {
    const payment = new ZvtPayment({
      connection,
      journal: this.#journal,
      clock: this.#options.clock,
      amountMinor,
      printsLines: this.#printsLines,
      fault: () => this.#fault,
    });
    this.#payment = payment;
    await payment.run(() => this.#onCardWanted(amountMinor));
    this.#payment = undefined;
  }

  #repeat(data: Buffer, connection: ZvtConnection): void {
    if (!this.#knowsPassword(data)) return connection.acknowledge(code.notPossible);
    if (this.#payment !== undefined) return connection.acknowledge(code.pleaseWait);
    connection.acknowledge();
    void this.#tellReceipt(connection);
  }

  async #tellReceipt(connection: ZvtConnection): Promise<void> {
    const receipt = this.#journal.last;
    const { repeats = "status-and-lines", lastReceipt = 41 } = this.#options;
    if (receipt === undefined) {
      // Of the time before it was switched on it knows only the number.
      await connection.say(0x040f, hex(`2700 87${String(lastReceipt).padStart(4, "0")}`));
      return connection.tell(0x060f, Buffer.alloc(0));
    }
    if (repeats === "status-and-lines") {
      await connection.say(0x040f, this.#journal.status(receipt));
    }
    for (const line of this.#journal.lines(receipt)) {
      await connection.say(0x06d1, Buffer.concat([hex("00"), Buffer.from(line, "latin1")]));
    }
    connection.tell(0x060f, Buffer.alloc(0));
  }

  #knowsPassword(data: Buffer): boolean {
    return data.toString("hex", 0, 3) === (this.#options.password ?? "000000");
  }
}

const euro = { name: "EUR", number: "0978" };

const isDelivery = (fault: string): fault is ZvtDelivery =>
  fault === "split" || fault === "merged" || fault === "long-lengths";
