import { ListsData, PermitsData, VisitorsData } from "@gatehouse/shared/contracts/rights";
import { table } from "./table.ts";
import { plain, type Terminal } from "./terminal.ts";

/** Whose an entry is, and who of the facility made it so. */
const ownerOf = (kept: { owner: string; changed_by: string | null }): string =>
  kept.owner === "head-office" ? "head office" : (kept.changed_by ?? "facility");

const moreHint = (hasMore: boolean): string[] =>
  hasMore ? ["", "There are more: npx gatehouse access list --search TEXT"] : [];

export function listLines(data: unknown, terminal: Terminal): string[] {
  const { entries, has_more: hasMore } = ListsData.parse(data);
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => [
    entry.plate,
    entry.list,
    entry.reason,
    entry.valid_until ?? "–",
    ownerOf(entry),
  ]);
  return [
    "",
    table(terminal, ["plate", "list", "reason", "until (UTC)", "by"], rows),
    ...moreHint(hasMore),
  ];
}

export function visitorLines(data: unknown, terminal: Terminal): string[] {
  const { visitors } = VisitorsData.parse(data);
  if (visitors.length === 0) return [];
  const rows = visitors.map((visitor) => [
    visitor.plate,
    visitor.name,
    visitor.host ?? "–",
    visitor.valid_from,
    visitor.valid_until,
    `${visitor.entries_used} of ${visitor.entries_max ?? "any"}`,
    ownerOf(visitor),
    visitor.visitor_id,
  ]);
  const head = ["plate", "name", "host", "from (UTC)", "until (UTC)", "entries", "by", "id"];
  return ["", table(terminal, head, rows)];
}

export function permitLines(data: unknown, terminal: Terminal): string[] {
  const { permits } = PermitsData.parse(data);
  return permits.flatMap((permit) => [
    "",
    `${plain(permit.permit_id)}: ${permit.holds ? "holds" : "does not hold"}; ${plain(permit.sentence)}.`,
    table(terminal, undefined, [
      ["holder", permit.holder ?? "–"],
      ["kind", permit.kind],
      ["plates", permit.plates.join(", ")],
      ["valid (UTC)", `${permit.valid_from} – ${permit.valid_until}`],
      ["anti-passback", permit.anti_passback],
      ...(permit.pool === null
        ? []
        : [
            [
              "pool",
              `${permit.pool.name}: ${permit.pool.used_by_others} of ${permit.pool.capacity} places taken by others`,
            ],
          ]),
      ...permit.presences.map(({ plate, state, since, lane_id: laneId }) => [
        plate,
        `${state} since ${since} (${laneId})`,
      ]),
    ]),
  ]);
}
