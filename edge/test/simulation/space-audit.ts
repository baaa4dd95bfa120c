import type { Town } from "@gatehouse/firmware-sim/town";
import type { Database } from "better-sqlite3";
import type { Complain } from "./notebook.ts";

/** Of all looks at a space, in spite of lost messages, lost sensors and dead daemons. */
const agreementLeast = 0.98;

/** Whether what is published of the spaces is true. */
export class SpaceAudit {
  readonly #db: Database;
  readonly #town: Town;
  readonly #complain: Complain;
  #looks = 0;
  #agreed = 0;

  constructor(db: Database, town: Town, complain: Complain) {
    this.#db = db;
    this.#town = town;
    this.#complain = complain;
  }

  /** A space that nobody can tell counts as wrong. */
  look(): void {
    for (const { status, truth } of this.#spaces()) {
      this.#looks++;
      if (status === truth) this.#agreed++;
    }
  }

  /** A vehicle that moved just now is seen, and then published, some seconds later. */
  differ(): boolean {
    return this.#spaces().some(({ status, truth }) => status !== truth);
  }

  checkAtRest(): void {
    for (const { id, status, truth } of this.#spaces()) {
      if (status !== truth) this.#complain("I7", `space ${id} is ${truth}, published ${status}`);
    }
    if (this.#agreed < agreementLeast * this.#looks)
      this.#complain("I7", `published as it is in ${this.#agreed} of ${this.#looks} looks`);
  }

  #spaces(): { id: string; status: string; truth: string }[] {
    const rows = this.#db.prepare("select space_id as id, status from parking_spaces").all() as {
      id: string;
      status: string;
    }[];
    return rows.map(({ id, status }) => ({
      id,
      status,
      truth: this.#town.bays.isTaken(id) ? "occupied" : "free",
    }));
  }
}
