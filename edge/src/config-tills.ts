import { keysAt, listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";
import { accountNames } from "./domain/money/chart.ts";

/** Each till and printer has its own name, and what a till, a bookkeeper's account names is there. */
export function checkTills(value: unknown, say: Say): void {
  const tills = listAt(value, "tills");
  const lanes = listAt(value, "lanes");
  const laneIds = lanes.map((lane) => textAt(lane, "id"));
  const terminals = lanes.map((lane) => textAt(memberOf(lane, "terminal"), "id"));
  const ofLanes = lanes.map((lane) => textAt(memberOf(lane, "printer"), "id"));
  const printers = [...ofLanes, ...listAt(value, "printers").map((each) => textAt(each, "id"))];
  unique(
    tills.map((till) => textAt(till, "id")),
    (index, id) => say(["tills", index, "id"], `"${id}" names two tills; give each its own`),
  );
  unique(printers, (index, id) => {
    const own = index - ofLanes.length;
    const path = own < 0 ? ["lanes", index, "printer", "id"] : ["printers", own, "id"];
    say(path, `"${id}" names two printers; give each its own`);
  });
  for (const [index, till] of tills.entries()) {
    const id = textAt(till, "id");
    if (id !== undefined && terminals.includes(id)) {
      const why = "is a card terminal; their receipts would share one series, so name it otherwise";
      say(["tills", index, "id"], `"${id}" ${why}`);
    }
    const printer = textAt(till, "printer");
    if (printer !== undefined && !printers.includes(printer)) {
      const names = printers.filter((name) => name !== undefined).join(", ");
      const message = `there is no printer "${printer}"; write one of: ${names || "(none defined)"}`;
      say(["tills", index, "printer"], message);
    }
    if (printer === undefined && textAt(till, "receipts") === "always")
      say(["tills", index, "printer"], "name the printer of the receipts that always come out");
    for (const [place, lane] of listAt(till, "lane_ids").entries()) {
      if (typeof lane !== "string" || laneIds.includes(lane)) continue;
      const message = `there is no lane "${lane}"; write one of: ${laneIds.join(", ")}`;
      say(["tills", index, "lane_ids", place], message);
    }
  }
  for (const account of keysAt(memberOf(value, "accounting"), "accounts")) {
    if (accountNames.some((name) => name === account)) continue;
    const message = `the books have no such account; write one of: ${accountNames.join(", ")}`;
    say(["accounting", "accounts", account], message);
  }
}
