export type Complain = (invariant: string, what: string) => void;

/** What an audit writes down: what does not hold, and how often trouble has left its mark. */
export class Notebook {
  readonly complain: Complain;
  readonly marks: Record<string, number> = {};

  constructor(complain: Complain) {
    this.complain = complain;
  }

  mark(what: string): void {
    this.marks[what] = (this.marks[what] ?? 0) + 1;
  }
}
