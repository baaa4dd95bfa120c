import type { Instant } from "@gatehouse/shared/time";
import type { BatchTotals, CardPaper, DayPaper } from "../devices/terminal-memory.ts";
import { ascii, decimals, hex, maskedNumber, variable } from "./zvt-bytes.ts";

export interface JournalOptions {
  /** The zone that the terminal's clock shows. */
  readonly timezone: string;
  /** Eight digits. */
  readonly terminalId: string;
  /** Four digits of ISO 4217. */
  readonly currencyNumber: string;
  readonly currencyName: string;
  readonly merchant: string;
  /** The receipt of a reversal bears the number of the payment, as some makers' do. */
  readonly reversalsKeepNumber: boolean;
  /** Whole card numbers stand wherever a careless maker might leave them. */
  readonly leaksCards: () => boolean;
}

export type Paper = CardPaper | DayPaper;

/** How a terminal tells and prints what it remembers. */
export class ZvtJournal {
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** The data of a status information about a paper. */
  status(paper: Paper): Buffer {
    return paper.kind === "end of day"
      ? this.totalsStatus(paper.totals, paper.at)
      : this.#cardStatus(paper);
  }

  totalsStatus({ fromReceipt, toReceipt, schemes }: BatchTotals, at: Instant): Buffer {
    const { date, time } = this.#localTime(at);
    const sums = schemes.map(({ count, amountMinor }) =>
      Buffer.concat([Buffer.of(Math.min(count, 255)), decimals(amountMinor, 6)]),
    );
    const content = Buffer.concat([hex(fromReceipt + toReceipt), ...sums]);
    const head = hex(`2700 0c${time} 0d${date} 29${this.#options.terminalId} 60`);
    return Buffer.concat([head, variable(content, 3)]);
  }

  refusal(code: number): Buffer {
    return hex(`27${code.toString(16).padStart(2, "0")} 29${this.#options.terminalId}`);
  }

  /** MMDD and HHMMSS as the terminal's clock shows them. */
  clock(at: Instant): { date: string; time: string } {
    return this.#localTime(at);
  }

  lines(paper: Paper, reader: "merchant" | "customer"): string[] {
    return paper.kind === "end of day"
      ? this.totalsLines("KASSENSCHNITT", paper.totals, paper.at)
      : this.#cardLines(paper, reader);
  }

  totalsLines(title: string, totals: BatchTotals, at: Instant): string[] {
    const { merchant, terminalId } = this.#options;
    const sums = totals.schemes.filter(({ count }) => count > 0);
    const { refunds } = totals;
    return [
      merchant,
      title,
      this.#printedTime(at),
      `Terminal-ID ${terminalId}`,
      `Beleg ${totals.fromReceipt} - ${totals.toReceipt}`,
      ...sums.map(({ scheme, count, amountMinor }) => `${scheme} ${count} x ${money(amountMinor)}`),
      ...(refunds.count === 0 ? [] : [`GUT ${refunds.count} x ${money(refunds.amountMinor)}`]),
    ];
  }

  #cardStatus(paper: CardPaper): Buffer {
    const { terminalId, currencyNumber } = this.#options;
    const { date, time } = this.#localTime(paper.at);
    const { card, reversed } = paper;
    const name = this.#leaks() ? `${card.name} ${this.#wholeNumber(paper)}` : card.name;
    return Buffer.concat([
      hex("2700 04"),
      decimals(paper.amountMinor, 6),
      hex(`0b${paper.trace} 0c${time} 0d${date}`),
      ...(reversed === undefined ? [] : [hex(`37${reversed.trace}`)]),
      hex("22"),
      variable(this.#leaks() ? hex(this.#wholeNumber(paper)) : maskedNumber(card.lastFour), 2),
      hex(`29${terminalId} 49${currencyNumber} 87${this.#numberOf(paper)}`),
      hex("8a2e 8b"),
      variable(Buffer.concat([ascii(name), hex("00")]), 2),
      ...this.#words(paper),
      ...(this.#leaks() ? this.#tracks(paper) : []),
    ]);
  }

  #words(paper: CardPaper): Buffer[] {
    const words = { payment: "", reversal: "STORNO", refund: "GUTSCHRIFT" }[paper.kind];
    const leaked = this.#leaks() ? ` ${this.#wholeNumber(paper)}` : "";
    return words + leaked === "" ? [] : [hex("3c"), variable(ascii(words + leaked), 3)];
  }

  /** Tracks 2, 1 and 3, and the card's number and track in a TLV container. */
  #tracks(paper: CardPaper): Buffer[] {
    const number = this.#wholeNumber(paper);
    const even = hex(`${number}d3012201000001234f`);
    const inside = Buffer.concat([
      hex("5a08"),
      hex(number),
      hex("57"),
      Buffer.of(even.length),
      even,
    ]);
    return [
      hex("23"),
      variable(even, 2),
      hex("2d"),
      variable(ascii(`B${number}^DRIVER/JO`), 2),
      hex("24"),
      variable(even, 3),
      hex("06"),
      Buffer.of(inside.length),
      inside,
      // A field that nobody knows, with the number behind it.
      hex("f7"),
      ascii(number),
    ];
  }

  #cardLines(paper: CardPaper, reader: "merchant" | "customer"): string[] {
    const { merchant, terminalId, currencyName } = this.#options;
    const titles = {
      payment: "Kartenzahlung kontaktlos",
      reversal: "** STORNO **",
      refund: "** GUTSCHRIFT **",
    };
    const ends = { payment: "Zahlung", reversal: "Storno", refund: "Gutschrift" };
    return [
      merchant,
      reader === "customer" ? "K-U-N-D-E-N-B-E-L-E-G" : "H-A-E-N-D-L-E-R-B-E-L-E-G",
      "",
      titles[paper.kind],
      this.#printedTime(paper.at),
      `Terminal-ID ${terminalId}`,
      `TA-Nr. ${paper.trace} Beleg-Nr. ${this.#numberOf(paper)}`,
      paper.card.name,
      `Karte ${this.#leaks() ? this.#wholeNumber(paper) : `############${paper.card.lastFour}`}`,
      `Betrag ${currencyName} ${money(paper.amountMinor)}`,
      "",
      `${ends[paper.kind]} erfolgt`,
    ];
  }

  #numberOf({ number, reversed }: CardPaper): string {
    return this.#options.reversalsKeepNumber && reversed !== undefined ? reversed.number : number;
  }

  #leaks(): boolean {
    return this.#options.leaksCards();
  }

  #wholeNumber({ card }: CardPaper): string {
    return `453201511283${card.lastFour}`;
  }

  #printedTime(at: Instant): string {
    const { date, time, year } = this.#localTime(at);
    const [hour, minute, second] = time.match(/../g) ?? [];
    return `${date.slice(2)}.${date.slice(0, 2)}.${year} ${hour}:${minute}:${second}`;
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
