import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Notebook } from "./notebook.ts";

type Changed = EventBody<"violation-changed">;

/** What the ledger says of penalties. */
export class ViolationFold {
  /** The last line of each. */
  readonly all = new Map<string, Changed>();
  readonly #notebook: Notebook;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  changed(body: Changed): void {
    const { violation_id: id, status } = body;
    const known = this.all.get(id)?.status;
    if (!(follows[known ?? "nothing"] ?? []).includes(status))
      this.#notebook.complain("I11", `violation ${id} is ${known} and becomes ${status}`);
    this.all.set(id, body);
    this.#notebook.mark(`violations ${status}`);
  }
}

const open = ["paid", "waived", "disputed"];
const follows: Readonly<Record<string, readonly string[]>> = {
  nothing: ["detected"],
  detected: ["review", "issued"],
  review: ["issued", "waived"],
  issued: ["due", ...open],
  due: ["escalated", ...open],
  escalated: ["escalated", ...open],
  disputed: ["due", "paid", "waived"],
  paid: ["due"],
};
