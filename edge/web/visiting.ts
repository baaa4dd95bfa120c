import type { visitorKinds } from "@gatehouse/shared/contracts/access-terms";
import type { RightsAnswer, VisitorView } from "@gatehouse/shared/contracts/rights";
import { signal, type Signal } from "@preact/signals";
import type { Told } from "../../shared/web/ask.ts";
import { newRequestId } from "./opening.ts";
import { announceVisitor, changeVisitor, endVisitor } from "./rights-api.ts";
import { endOfToday, fieldOf, momentOf } from "./field-times.ts";
import { troubleOf } from "./told.ts";

type VisitAct = "announce" | "change" | "end";

/** What a person writes of one visit: a new one, or one that is announced already. */
export class Visiting {
  readonly kind: Signal<(typeof visitorKinds)[number]> = signal("visitor");
  readonly plate = signal("");
  readonly name = signal("");
  readonly host = signal("");
  readonly until = signal(endOfToday());
  readonly times = signal("");
  readonly why = signal("");
  readonly isAsking = signal(false);
  readonly trouble = signal("");
  readonly said = signal("");
  readonly #picked: Signal<{ act: "change" | "end"; visitor: VisitorView } | undefined> =
    signal(undefined);
  #visitorId = newRequestId();

  get act(): VisitAct {
    return this.#picked.value?.act ?? "announce";
  }

  get picked(): VisitorView | undefined {
    return this.#picked.value?.visitor;
  }

  get isWhole(): boolean {
    const needed = this.act === "end" ? [this.why] : [this.plate, this.name, this.until, this.why];
    return needed.every((field) => field.value.trim() !== "");
  }

  /** Takes an announced visit into the form; the same act again lets it go. */
  pick(act: "change" | "end", visitor: VisitorView): void {
    const now = this.#picked.value;
    if (now?.act === act && now.visitor.visitor_id === visitor.visitor_id) return this.leave();
    this.#picked.value = { act, visitor };
    [this.trouble.value, this.said.value, this.why.value] = ["", "", ""];
    this.kind.value = visitor.kind;
    this.plate.value = visitor.plate;
    this.name.value = visitor.name;
    this.host.value = visitor.host ?? "";
    this.until.value = fieldOf(visitor.valid_until);
    this.times.value = visitor.entries_max === null ? "" : String(visitor.entries_max);
  }

  /** The form is for somebody new again. */
  leave(): void {
    this.#picked.value = undefined;
    this.#visitorId = newRequestId();
    this.until.value = endOfToday();
    for (const field of [this.plate, this.name, this.host, this.times, this.why]) field.value = "";
  }

  /** @returns whether anything came of it */
  async press(): Promise<boolean> {
    this.isAsking.value = true;
    const told = await this.#send();
    this.isAsking.value = false;
    this.trouble.value = troubleOf(told);
    if (told.kind !== "ok") return false;
    this.leave();
    this.said.value = told.value.sentence;
    return true;
  }

  #send(): Promise<Told<RightsAnswer>> {
    const picked = this.#picked.value;
    const why = this.why.value.trim();
    if (picked?.act === "end") return endVisitor(picked.visitor.visitor_id, why);
    const [host, times] = [this.host.value.trim(), this.times.value];
    const visit = {
      kind: this.kind.value,
      plate: this.plate.value.trim(),
      name: this.name.value.trim(),
      valid_until: momentOf(this.until.value),
      why,
      ...(host === "" ? {} : { host }),
      ...(times === "" ? {} : { entries_max: Number(times) }),
    };
    if (picked === undefined) return announceVisitor({ visitor_id: this.#visitorId, ...visit });
    const { visitor_id: visitorId, valid_from } = picked.visitor;
    return changeVisitor(visitorId, { ...visit, valid_from });
  }
}
