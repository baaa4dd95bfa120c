import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Card } from "@gatehouse/firmware-sim/devices/card-purses";
import type { TerminalSim } from "@gatehouse/firmware-sim/devices/terminal-sim";
import type { TerminalFront } from "@gatehouse/firmware-sim/hardware";
import { seconds } from "@gatehouse/shared/time";

type Ask = Parameters<Parameters<TerminalFront["onCardWanted"]>[0]>;

/** Who stands at a card terminal for a refund: the driver at the arm pays there, and gets nothing of it. */
export class CardDesk {
  readonly #world: VirtualClock;
  readonly #terminals: ReadonlyMap<string, TerminalSim>;
  /** The card that is held ready, by terminal. */
  readonly #cards = new Map<string, Card>();
  /** The card of somebody who pays at the desk, by terminal and amount. */
  readonly #paying = new Map<string, Card>();
  /** Receipts that a person has given to a payment that the daemon could not decide. */
  readonly #given = new Set<string>();

  constructor(world: VirtualClock, terminals: readonly TerminalSim[]) {
    this.#world = world;
    this.#terminals = new Map(terminals.map((terminal) => [terminal.id, terminal]));
  }

  get ids(): string[] {
    return [...this.#terminals.keys()];
  }

  /** The terminal as drivers before the arm have it: they hear only of payments. */
  forDrivers(terminal: TerminalSim): TerminalFront {
    return {
      name: terminal.name,
      start: () => terminal.start(),
      stop: () => terminal.stop(),
      onCardWanted: (listener) =>
        terminal.onCardWanted((...asked: Ask) => {
          const [amount, purpose] = asked;
          const atDesk = this.#paying.get(`${terminal.id} ${amount}`);
          if (purpose === "payment" && atDesk === undefined) listener(...asked);
          else if (purpose === "payment" && atDesk !== undefined)
            this.#world.after(seconds(6), () => terminal.presentCard(atDesk));
          else this.#world.after(seconds(6), () => this.#present(terminal));
        }),
      presentCard: (card) => terminal.presentCard(card),
      cancel: () => terminal.cancel(),
      setFault: (fault) => terminal.setFault(fault),
      booked: terminal.booked,
      purses: terminal.purses,
    };
  }

  /** Somebody pays so much at the desk; the driver at the arm leaves that to them. */
  async paying<T>(
    terminalId: string,
    amount: number,
    card: Card,
    ask: () => Promise<T>,
  ): Promise<T> {
    const place = `${terminalId} ${amount}`;
    this.#paying.set(place, card);
    try {
      return await ask();
    } finally {
      this.#paying.delete(place);
    }
  }

  /** Has the card of a receipt at hand; none, where the terminal knows no such receipt. */
  holdReady(terminalId: string, receiptNumber: string): void {
    const bookings = this.#terminals.get(terminalId)?.purses.bookings ?? [];
    const booking = bookings.findLast((known) => known.receiptNumber === receiptNumber);
    this.#cards.delete(terminalId);
    if (booking === undefined) return;
    const { cardId } = booking;
    const card = { lastFour: cardId.slice(-4), name: "Debit Mastercard", approves: true };
    this.#cards.set(terminalId, { ...card, id: cardId });
  }

  /**
   * Looks into a terminal's own journal for a payment of this amount that none of the known receipts is of.
   *
   * @returns whether there is one; it is given to whoever asked
   */
  findUnexplained(terminalId: string, amount: number, known: ReadonlySet<string>): boolean {
    const terminal = this.#terminals.get(terminalId);
    if (terminal === undefined) return false;
    const latest = Number(terminal.lastReceipt() ?? 0);
    for (const [number, minor] of terminal.booked) {
      const receipt = `${terminalId}/${number}`;
      const isOld = latest - Number(number) > lookedAt;
      if (isOld || minor !== amount || known.has(receipt) || this.#given.has(receipt)) continue;
      this.#given.add(receipt);
      return true;
    }
    return false;
  }

  /** How often the card of a receipt got just this amount back, by the terminal's own journal. */
  countGivenBack(terminalId: string, receiptNumber: string, amount: number): number {
    const bookings = this.#terminals.get(terminalId)?.purses.bookings ?? [];
    const paid = bookings.findLast((known) => known.receiptNumber === receiptNumber);
    return bookings.filter(
      ({ cardId, amountMinor }) => cardId === paid?.cardId && amountMinor === -amount,
    ).length;
  }

  #present(terminal: TerminalSim): void {
    const card = this.#cards.get(terminal.id);
    if (card === undefined) terminal.cancel();
    else terminal.presentCard(card);
  }
}

/** So many receipts back a person looks. */
const lookedAt = 90;
