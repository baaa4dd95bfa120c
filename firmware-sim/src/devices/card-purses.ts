/** A card as a driver holds it to a reader. */
export interface Card {
  readonly lastFour: string;
  readonly name: string;
  readonly approves: boolean;
  /** Tells cards with the same last digits apart; left out, the digits do. */
  readonly id?: string;
}

/** One booking at the bank, whatever anybody was told about it. */
export interface CardBooking {
  readonly cardId: string;
  /** Minor units: above zero was taken from the card, below was given back. */
  readonly amountMinor: number;
  readonly receiptNumber: string;
}

export const cardIdOf = ({ id, lastFour }: Pick<Card, "id" | "lastFour">): string => id ?? lastFour;

/** What the bank has taken from each card and given back: the truth that every book is compared with. */
export class CardPurses {
  readonly #bookings: CardBooking[] = [];

  book(booking: CardBooking): void {
    this.#bookings.push(booking);
  }

  get bookings(): readonly CardBooking[] {
    return this.#bookings;
  }

  /** Minor units that a card, or all of them together, have lost in the end. */
  charged(cardId?: string): number {
    return this.#bookings
      .filter((booking) => cardId === undefined || booking.cardId === cardId)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }
}
