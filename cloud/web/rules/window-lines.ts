import { type DayKind, dayKinds, type TimeWindow } from "@gatehouse/shared/contracts/access-terms";

const line = /^([a-z ,-]+?)\s+(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/;

/** Hours as lines that a person writes: `mon-fri 07:00-19:00`. */
export const windowsText = (windows: readonly TimeWindow[]): string =>
  windows.map(({ days, from, until }) => `${daysText(days)} ${from}-${until}`).join("\n");

export type WindowsRead =
  | { readonly kind: "windows"; readonly windows: readonly TimeWindow[] }
  | { readonly kind: "wrong"; readonly line: string };

/** Reads such lines; empty ones say nothing. */
export function readWindows(text: string): WindowsRead {
  const windows: TimeWindow[] = [];
  for (const written of text.split("\n").map((each) => each.trim())) {
    if (written === "") continue;
    const [, days = "", from = "", until = ""] = line.exec(written.toLowerCase()) ?? [];
    const read = daysIn(days);
    if (read === undefined || read.length === 0) return { kind: "wrong", line: written };
    windows.push({ days: read, from, until });
  }
  return { kind: "windows", windows };
}

function daysIn(text: string): DayKind[] | undefined {
  const days = new Set<DayKind>();
  for (const word of text.split(/[\s,]+/).filter((each) => each !== "")) {
    const [first = "", last = first] = word.split("-");
    const [from, to] = [dayKinds.indexOf(first as DayKind), dayKinds.indexOf(last as DayKind)];
    if (from < 0 || to < from) return undefined;
    for (const day of dayKinds.slice(from, to + 1)) days.add(day);
  }
  return dayKinds.filter((day) => days.has(day));
}

/** Days that follow one another as a range; a holiday stands by itself. */
function daysText(days: readonly DayKind[]): string {
  const parts: string[] = [];
  for (let at = 0; at < dayKinds.length; at += 1) {
    const first = dayKinds[at];
    if (first === undefined || !days.includes(first)) continue;
    let end = at;
    while (end + 1 < 7 && days.includes(dayKinds[end + 1] ?? "holiday")) end += 1;
    parts.push(end - at > 1 ? `${first}-${dayKinds[end]}` : first);
    if (end - at > 1) at = end;
  }
  return parts.join(" ");
}
