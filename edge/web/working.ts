import type { Ticket, TicketAnswer, TicketStep } from "@gatehouse/shared/contracts/registry";
import { signal, type Signal } from "@preact/signals";
import type { Told } from "../../shared/web/ask.ts";
import { newRequestId } from "./opening.ts";
import { openWork, stepWork } from "./registry-api.ts";
import { instantOf } from "./field-times.ts";
import { troubleOf } from "./told.ts";

export type Step = TicketStep["step"];

/** What a person writes of one job: a new one, or the next step of one that is open. */
export class Working {
  readonly device = signal("");
  readonly kind = signal("other");
  readonly description = signal("");
  readonly step: Signal<Step> = signal("assign");
  /** What the step needs: who, when, what was done, or why. */
  readonly line = signal("");
  readonly isAsking = signal(false);
  readonly trouble = signal("");
  readonly said = signal("");
  readonly #job: Signal<Ticket | undefined> = signal(undefined);
  #requestId = newRequestId();

  get job(): Ticket | undefined {
    return this.#job.value;
  }

  get isWhole(): boolean {
    const needed =
      this.job === undefined ? [this.device, this.kind, this.description] : [this.line];
    return needed.every((field) => field.value.trim() !== "");
  }

  /** Takes a job into the form; the same again, or none, lets it go. */
  pick(job: Ticket | undefined): void {
    const isSame = job?.ticket_id === this.job?.ticket_id;
    this.#job.value = isSame ? undefined : job;
    this.take(job?.status === "open" ? "assign" : "complete");
    this.said.value = "";
  }

  take(step: Step): void {
    this.step.value = step;
    [this.line.value, this.trouble.value] = ["", ""];
  }

  /** @returns whether anything came of it */
  async press(): Promise<boolean> {
    this.isAsking.value = true;
    const told = await this.#send();
    this.isAsking.value = false;
    this.trouble.value = troubleOf(told);
    if (told.kind === "ok" || told.kind === "refused") this.#requestId = newRequestId();
    if (told.kind !== "ok") return false;
    this.#job.value = undefined;
    [this.device.value, this.description.value, this.line.value] = ["", "", ""];
    this.said.value = told.value.sentence;
    return true;
  }

  #send(): Promise<Told<TicketAnswer>> {
    if (this.job !== undefined) return stepWork(this.job.ticket_id, this.#stepOf());
    return openWork({
      request_id: this.#requestId,
      equipment_id: this.device.value.trim(),
      maintenance_type: this.kind.value,
      description: this.description.value.trim(),
    });
  }

  #stepOf(): TicketStep {
    const line = this.line.value.trim();
    switch (this.step.value) {
      case "assign":
        return { step: "assign", technician_id: line };
      case "schedule":
        return {
          step: "schedule",
          scheduled_at: instantOf(line),
        };
      case "complete":
        return { step: "complete", done: line };
      case "cancel":
        return { step: "cancel", reason: line };
    }
  }
}
