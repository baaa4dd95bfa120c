import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Notebook } from "./notebook.ts";

type Line = EventBody<"entry-posted">["lines"][number];

export const placeOf = ({ account, subject }: Pick<Line, "account" | "subject">): string =>
  `${account} ${subject ?? ""}`;

/** The books as the ledger alone tells them: I11. Every entry balances, so all of them do. */
export class BooksFold {
  /** Debits less credits by account and subject. */
  readonly balances = new Map<string, number>();
  readonly #notebook: Notebook;
  readonly #entries = new Set<string>();

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  posted({ entry_id: entryId, kind, currency, lines }: EventBody<"entry-posted">): void {
    const sum = lines.reduce((total, { minor }) => total + minor, 0);
    if (sum !== 0) this.#complain(`entry ${entryId} (${kind}) is out of balance by ${sum}`);
    if (this.#entries.has(entryId)) this.#complain(`entry ${entryId} is posted twice`);
    if (currency !== "EUR") this.#complain(`entry ${entryId} is in ${currency}`);
    this.#entries.add(entryId);
    for (const line of lines) {
      if (!Number.isSafeInteger(line.minor)) this.#complain(`entry ${entryId} has parts of a cent`);
      const place = placeOf(line);
      this.balances.set(place, (this.balances.get(place) ?? 0) + line.minor);
    }
    this.#notebook.mark(`entries: ${kind}`);
  }

  balance(account: string, subject: string): number {
    return this.balances.get(placeOf({ account, subject })) ?? 0;
  }

  /** Of all subjects of an account. */
  total(account: string): number {
    return [...this.balances]
      .filter(([place]) => place.startsWith(`${account} `))
      .reduce((sum, [, minor]) => sum + minor, 0);
  }

  #complain(what: string): void {
    this.#notebook.complain("I11", what);
  }
}
