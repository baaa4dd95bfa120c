import { FlowReport } from "@gatehouse/shared/contracts/reports/analytics";
import { useAnswer } from "../frame/answer.ts";
import { type Filter, Filters } from "../frame/filters.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { reportPath } from "../reports/report-path.ts";
import { sessionWords as words } from "./session-words.ts";
import { terms } from "./terms.ts";

/** By what sessions are found. The lanes are those of which the last thirty days tell. */
export function SessionFilters({ facility, question }: FacilityPageProps) {
  const flow = useAnswer(reportPath(facility.facilityId, "flow"), FlowReport, "once");
  const lanes = new Map((flow.value?.by_lane ?? []).map((row) => [row.lane_id, row.lane_name]));
  const choices = (named: Readonly<Record<string, string>>, values: readonly string[]) =>
    values.map((value) => ({ value, label: named[value] ?? value }));
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  const filters: readonly Filter[] = [
    { name: "plate", label: words.plate, kind: "text" },
    { name: "from", label: words.from, kind: "date" },
    { name: "to", label: words.to, kind: "date" },
    {
      name: "by",
      label: words.by,
      kind: "choice",
      choices: choices(words.byChoice, ["entry", "exit"]),
    },
    {
      name: "hour",
      label: words.hour,
      kind: "choice",
      choices: hours.map((value) => ({ value, label: words.hourText(value.padStart(2, "0")) })),
    },
    {
      name: "lane",
      label: words.lane,
      kind: "choice",
      choices: choices(Object.fromEntries(lanes), [
        ...new Set([
          ...lanes.keys(),
          ...(question["lane"] === undefined ? [] : [question["lane"]]),
        ]),
      ]),
    },
    { name: "space", label: words.space, kind: "text" },
    {
      name: "vehicle_class",
      label: words.vehicleClass,
      kind: "choice",
      choices: choices(terms.vehicleClass, Object.keys(terms.vehicleClass)),
    },
    {
      name: "state",
      label: words.state,
      kind: "choice",
      choices: choices(terms.state, [
        "open",
        "settled",
        "closed",
        "closed-unpaid",
        "closed-assumed",
      ]),
    },
    {
      name: "permit",
      label: words.permit,
      kind: "choice",
      choices: choices(words.permitChoice, ["yes", "no"]),
    },
  ];
  return <Filters question={question} filters={filters} />;
}
