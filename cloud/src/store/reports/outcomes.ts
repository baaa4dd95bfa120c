import type { OutcomeReport } from "@gatehouse/shared/contracts/reports/figures";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { type OutcomeName, outcomeWords } from "../../domain/reports/outcome-words.ts";
import type { ReportDesk } from "./desk.ts";
import type { OutcomeTable } from "./outcome-table.ts";
import { demandTables } from "./outcomes-demand.ts";
import { laneTables } from "./outcomes-lanes.ts";
import { moneyTables } from "./outcomes-money.ts";
import { ruleTables } from "./outcomes-rules.ts";
import { spaceTables } from "./outcomes-spaces.ts";

/** Every business outcome of some days, with its evidence. */
export async function readOutcomes(desk: ReportDesk, period: Period): Promise<OutcomeReport> {
  const groups = await Promise.all(
    [moneyTables, demandTables, laneTables, ruleTables, spaceTables].map((read) =>
      read(desk, period),
    ),
  );
  const tables = Object.assign({}, ...groups) as Record<OutcomeName, OutcomeTable>;
  const names = Object.keys(outcomeWords) as OutcomeName[];
  return {
    about: desk.about,
    period,
    outcomes: names.map((name) => {
      const [title, definition] = outcomeWords[name];
      return { name, title, definition, ...tables[name] };
    }),
  };
}
