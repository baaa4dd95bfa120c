import type { Projection } from "./projection.ts";
import { project } from "./projection.ts";
import type { ReadLine } from "./ledger-reading.ts";

/**
 * What lines tell that are understood only now, although later lines have been folded since. Sums and books take the
 * late lines alone, because the later ones are in them already. Rows that a late line tells of are folded again from
 * there on, so that a later line still wins.
 *
 * @param late the lines understood now, of one epoch, in their order
 * @param since the late lines and those after them that `touches` let through, in their order
 * @param timezone the facility's
 */
export function projectLate(
  late: readonly ReadLine[],
  since: readonly ReadLine[],
  timezone: string,
): Projection {
  const own = project(late, timezone);
  const again = project(since, timezone);
  const { money } = own;
  return {
    ...own,
    sessions: onlyOf(own.sessions, again.sessions),
    stays: onlyOf(own.stays, again.stays),
    alerts: onlyOf(own.alerts, again.alerts),
    rules: onlyOf(own.rules, again.rules),
    reports: {
      ...own.reports,
      workOrders: onlyOf(own.reports.workOrders, again.reports.workOrders),
    },
    money: {
      ...money,
      payments: onlyOf(money.payments, again.money.payments),
      refunds: onlyOf(money.refunds, again.money.refunds),
      documents: onlyOf(money.documents, again.money.documents),
      shifts: onlyOf(money.shifts, again.money.shifts),
      violations: onlyOf(money.violations, again.money.violations),
      debts: onlyOf(money.debts, again.money.debts),
    },
  };
}

/** Whether a line tells of a row that the late lines tell of. */
export function touches(late: readonly ReadLine[], timezone: string): (line: ReadLine) => boolean {
  const told = rowsOf(project(late, timezone));
  return (line) => {
    const rows = rowsOf(project([line], timezone));
    return rows.some((ids, table) => [...ids.keys()].some((id) => told[table]?.has(id)));
  };
}

const rowsOf = ({
  sessions,
  stays,
  alerts,
  money,
  reports,
  rules,
}: Projection): ReadonlyMap<string, object>[] => [
  reports.workOrders,
  rules,
  sessions,
  stays,
  alerts,
  money.payments,
  money.refunds,
  money.documents,
  money.shifts,
  money.violations,
  money.debts,
];

const onlyOf = <T>(
  wanted: ReadonlyMap<string, unknown>,
  rows: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> => new Map([...rows].filter(([id]) => wanted.has(id)));
