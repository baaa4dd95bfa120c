/** A drawer as it truly is, whatever any book says: amounts in minor units. */
export class Drawer {
  readonly tillId: string;
  /** What lies in it. */
  coins = 0;
  /** What people gave out by mistake (below zero) since the last count. */
  slips = 0;
  /** Taken out of it into the safe. */
  inSafe = 0;
  /** Somebody's act has begun, and whether the book has it is not known before it is answered. */
  isBusy = false;

  constructor(tillId: string) {
    this.tillId = tillId;
  }

  /** What the books must say lies in it. */
  get expected(): number {
    return this.coins - this.slips;
  }
}
