import type { Outcome } from "@gatehouse/shared/contracts/reports/figures";
import type { OutcomeName } from "../../domain/reports/outcome-words.ts";

/** An outcome's evidence; money is in whole minor units. */
export type OutcomeTable = Pick<Outcome, "columns" | "rows">;
export type OutcomeTables = Partial<Record<OutcomeName, OutcomeTable>>;
