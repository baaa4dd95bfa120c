import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Instant } from "@gatehouse/shared/time";
import { ascii, decimals, hex, maskedNumber, variable } from "./zvt-bytes.ts";

export interface SimulatedCard {
  readonly lastFour: string;
  readonly name: string;
}

interface Receipt {
  readonly number: string;
  readonly trace: string;
  readonly amountMinor: number;
  readonly card: SimulatedCard;
  readonly at: Instant;
  readonly isReversal: boolean;
}

export interface JournalOptions {
  readonly clock: Clock;
  /** The zone that the terminal's clock shows. */
  readonly timezone: string;
  /** Eight digits. */
  readonly terminalId: string;
  /** Four digits of ISO 4217. */
  readonly currencyNumber: string;
  readonly currencyName: string;
  readonly merchant: string;
  /** The last receipt number that the terminal gave before it was switched on. */
  readonly lastReceipt: number;
}

/** A terminal's memory: what it has booked, its receipts and how they are told and printed. */
export class ZvtJournal {
  readonly booked = new Map<string, number>();
  readonly #options: JournalOptions;
  #number: number;
  #last: Receipt | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#number = options.lastReceipt;
  }

  /** The last number given. */
  get number(): number {
    return this.#number;
  }

  get last(): Receipt | undefined {
    return this.#last;
  }

  book(amountMinor: number, card: SimulatedCard): Receipt {
    const receipt = this.#next(amountMinor, card, false);
    this.booked.set(receipt.number, amountMinor);
    return receipt;
  }

  /** Takes a booking back and prints a receipt of its own for that. */
  reverse({ number, amountMinor, card }: Receipt): Receipt {
    this.booked.delete(number);
    return this.#next(amountMinor, card, true);
  }

  /** The data of a status information about a receipt. */
  status(receipt: Receipt): Buffer {
    const { terminalId, currencyNumber } = this.#options;
    const { date, time } = this.#localTime(receipt.at);
    const tail = receipt.isReversal ? [hex("3c"), variable(ascii("STORNO"), 3)] : [];
    return Buffer.concat([
      hex("2700 04"),
      decimals(receipt.amountMinor, 6),
      hex("0b"),
      decimals(receipt.trace, 3),
      hex(`0c${time} 0d${date}`),
      hex("22"),
      variable(maskedNumber(receipt.card.lastFour), 2),
      hex(`29${terminalId} 49${currencyNumber} 87${receipt.number}`),
      hex("8a2e 8b"),
      variable(Buffer.concat([ascii(receipt.card.name), hex("00")]), 2),
      ...tail,
    ]);
  }

  refusal(code: number): Buffer {
    return hex(`27${code.toString(16).padStart(2, "0")} 29${this.#options.terminalId}`);
  }

  lines(receipt: Receipt): string[] {
    const { merchant, terminalId, currencyName } = this.#options;
    const { date, time, year } = this.#localTime(receipt.at);
    const [hour, minute, second] = time.match(/../g) ?? [];
    return [
      merchant,
      "K-U-N-D-E-N-B-E-L-E-G",
      "",
      receipt.isReversal ? "** STORNO **" : "Kartenzahlung kontaktlos",
      `${date.slice(2)}.${date.slice(0, 2)}.${year} ${hour}:${minute}:${second}`,
      `Terminal-ID ${terminalId}`,
      `TA-Nr. ${receipt.trace} Beleg-Nr. ${receipt.number}`,
      receipt.card.name,
      `Karte ############${receipt.card.lastFour}`,
      `Betrag ${currencyName} ${money(receipt.amountMinor)}`,
      "",
      receipt.isReversal ? "Storno erfolgt" : "Zahlung erfolgt",
    ];
  }

  #next(amountMinor: number, card: SimulatedCard, isReversal: boolean): Receipt {
    this.#number = (this.#number % 9999) + 1;
    this.#last = {
      number: String(this.#number).padStart(4, "0"),
      trace: String(this.#number).padStart(6, "0"),
      amountMinor,
      card,
      at: this.#options.clock.now(),
      isReversal,
    };
    return this.#last;
  }

  #localTime(at: Instant): { date: string; time: string; year: string } {
    const format = new Intl.DateTimeFormat("en", {
      timeZone: this.#options.timezone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    return {
      date: `${part["month"]}${part["day"]}`,
      time: `${part["hour"]}${part["minute"]}${part["second"]}`,
      year: part["year"] ?? "",
    };
  }
}

const money = (amountMinor: number): string =>
  `${Math.floor(amountMinor / 100)},${String(amountMinor % 100).padStart(2, "0")}`;
