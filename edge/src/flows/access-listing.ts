import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  ListEndRequest,
  ListEntryRequest,
  ListsData,
  RightsAnswer,
} from "@gatehouse/shared/contracts/rights";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import {
  countOwnEntries,
  dropListEntry,
  findListEntry,
  type ListKey,
  type ListRow,
  saveListEntry,
  searchListEntries,
} from "../store/access-lists.ts";
import {
  isoOrNull,
  type KeepingDeps,
  momentFrom,
  ownedByHeadOffice,
  ownMost,
  plateFrom,
  shownMost,
} from "./access-keeping.ts";
import { wallClock } from "../domain/calendar.ts";
import { isRefusal, type Refusal, refusal } from "./desk.ts";

/** Entries in force that hold the text in their plate or reason. */
export function tellLists({ book, clock }: KeepingDeps, search: string): ListsData {
  const text = search.trim();
  const find = (part: string) => searchListEntries(book, part, clock.now(), shownMost + 1);
  const byPlate = find(text.toUpperCase());
  const rows = byPlate.length > 0 ? byPlate : find(text.toLowerCase());
  return { entries: rows.slice(0, shownMost).map(viewOf), has_more: rows.length > shownMost };
}

/** Puts a plate on the facility's own list, or changes its entry there. */
export function putOnList(
  deps: KeepingDeps,
  request: ListEntryRequest,
  actor: Actor,
): RightsAnswer | Refusal {
  const now = deps.clock.now();
  const plate = plateFrom(request.plate);
  if (isRefusal(plate)) return plate;
  const until =
    request.valid_until === undefined ? null : momentFrom(request.valid_until, deps, now);
  if (isRefusal(until)) return until;
  if (until !== null && until <= now)
    return refusal(
      "over-already",
      `${wallClock(until, deps.calendar.timezone)} is over: the entry would never hold.`,
    );

  const key: ListKey = { list: request.list, plate, owner: "facility" };
  const row: ListRow = {
    ...key,
    reason: request.reason,
    validUntil: until,
    changedAt: now,
    changedBy: actor.id ?? actor.kind,
  };
  return deps.book.write<RightsAnswer | Refusal>((tx) => {
    const before = findListEntry(tx, key);
    if (before === undefined && countOwnEntries(tx) >= ownMost)
      return refusal("list-full", `The lists hold ${ownMost} entries of the facility's own.`);
    saveListEntry(tx, row);
    const body = { list: key.list, plate, actor, reason: request.why };
    tx.append(now, {
      type: "list-entry-changed",
      body: { ...body, before: toldOf(before), after: toldOf(row) },
    });
    const others = headOfficeWords(findListEntry(tx, { ...key, owner: "head-office" }), now);
    return { sentence: `${plate} is on the ${key.list} list.${others}` };
  }, "plain");
}

/** Takes the facility's own entry off a list. */
export function takeOffList(
  deps: KeepingDeps,
  request: ListEndRequest,
  actor: Actor,
): RightsAnswer | Refusal {
  const now = deps.clock.now();
  const { list, why: reason } = request;
  const plate = plateFrom(request.plate);
  if (isRefusal(plate)) return plate;
  const key: ListKey = { list, plate, owner: "facility" };
  return deps.book.write<RightsAnswer | Refusal>((tx) => {
    const before = findListEntry(tx, key);
    const headOffice = findListEntry(tx, { ...key, owner: "head-office" });
    if (before === undefined) {
      return headOffice === undefined
        ? refusal("no-such-entry", `${plate} is not on the ${list} list.`)
        : ownedByHeadOffice(`The entry of ${plate} on the ${list} list`);
    }
    dropListEntry(tx, key);
    tx.append(now, {
      type: "list-entry-changed",
      body: { list, plate, actor, reason, before: toldOf(before), after: null },
    });
    const others = headOfficeWords(headOffice, now);
    return { sentence: `${plate} is off the facility's ${list} list.${others}` };
  }, "plain");
}

const headOfficeWords = (row: ListRow | undefined, now: Instant): string =>
  row === undefined || (row.validUntil !== null && row.validUntil <= now)
    ? ""
    : ` Head office has it on that list too (${row.reason}).`;

const toldOf = (row: ListRow | undefined) =>
  row === undefined ? null : { reason: row.reason, valid_until: isoOrNull(row.validUntil) };

const viewOf = (row: ListRow): ListsData["entries"][number] => ({
  list: row.list,
  plate: row.plate,
  reason: row.reason,
  valid_until: isoOrNull(row.validUntil),
  owner: row.owner,
  changed_at: isoOf(row.changedAt as Instant),
  changed_by: row.changedBy,
});
