import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  NewVisitorRequest,
  RightsAnswer,
  VisitorRequest,
  VisitorsData,
} from "@gatehouse/shared/contracts/rights";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import {
  countOwnVisitors,
  countVisits,
  findVisitor,
  saveVisitor,
  searchVisitors,
  type VisitorRow,
} from "../store/access-visitors.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  type KeepingDeps,
  momentFrom,
  ownedByHeadOffice,
  ownMost,
  plateFrom,
  shownMost,
} from "./access-keeping.ts";
import { wallClock } from "../domain/calendar.ts";
import { isRefusal, type Refusal, refusal } from "./desk.ts";

/** Who may still come, soonest first, that has the text in plate, name or host. */
export function tellVisitors({ book, clock }: KeepingDeps, search: string): VisitorsData {
  const text = search.trim().toLowerCase();
  const rows = searchVisitors(book, text, clock.now(), shownMost + 1);
  return {
    visitors: rows.slice(0, shownMost).map((row) => viewOf(book, row)),
    has_more: rows.length > shownMost,
  };
}

/** Announces a visitor of the facility's own. The same id once more is the same visitor. */
export function announceVisitor(
  deps: KeepingDeps,
  request: NewVisitorRequest,
  actor: Actor,
): RightsAnswer | Refusal {
  const row = rowOf(deps, request.visitor_id, request, actor);
  if (isRefusal(row)) return row;
  return deps.book.write<RightsAnswer | Refusal>((tx) => {
    const known = findVisitor(tx, row.visitorId);
    if (known !== undefined) return { sentence: sentenceOf(known, deps) };
    if (countOwnVisitors(tx, deps.clock.now()) >= ownMost)
      return refusal("list-full", `${ownMost} visitors are announced already.`);
    return keep(tx, deps, undefined, row, actor, request.why);
  }, "plain");
}

/** Makes a visitor of the facility's own what the request says, whole. */
export function changeVisitor(
  deps: KeepingDeps,
  visitorId: string,
  request: VisitorRequest,
  actor: Actor,
): RightsAnswer | Refusal {
  const row = rowOf(deps, visitorId, request, actor);
  if (isRefusal(row)) return row;
  return deps.book.write<RightsAnswer | Refusal>((tx) => {
    const before = findOwn(tx, visitorId);
    return isRefusal(before) ? before : keep(tx, deps, before, row, actor, request.why);
  }, "plain");
}

/** A visitor is no longer expected; one who is inside still leaves without paying. */
export function endVisitor(
  deps: KeepingDeps,
  visitorId: string,
  why: string,
  actor: Actor,
): RightsAnswer | Refusal {
  const { book, clock } = deps;
  return book.write<RightsAnswer | Refusal>((tx) => {
    const before = findOwn(tx, visitorId);
    if (isRefusal(before)) return before;
    const changed = { changedAt: clock.now(), changedBy: actor.id ?? actor.kind };
    return keep(tx, deps, before, { ...before, ended: true, ...changed }, actor, why);
  }, "plain");
}

function findOwn(tx: Tx, visitorId: string): VisitorRow | Refusal {
  const found = findVisitor(tx, visitorId);
  if (found === undefined) return refusal("no-such-visitor", "There is no such visitor.");
  return found.owner === "facility" ? found : ownedByHeadOffice(`The visitor ${found.name}`);
}

function keep(
  tx: Tx,
  deps: KeepingDeps,
  before: VisitorRow | undefined,
  after: VisitorRow,
  actor: Actor,
  reason: string,
): RightsAnswer {
  saveVisitor(tx, after);
  const told = { before: before === undefined ? null : toldOf(before), after: toldOf(after) };
  tx.append(after.changedAt as Instant, {
    type: "visitor-changed",
    body: { visitor_id: after.visitorId, actor, reason, ...told },
  });
  return { sentence: sentenceOf(after, deps) };
}

function rowOf(
  deps: KeepingDeps,
  visitorId: string,
  request: VisitorRequest,
  actor: Actor,
): VisitorRow | Refusal {
  const now = deps.clock.now();
  const plate = plateFrom(request.plate);
  if (isRefusal(plate)) return plate;
  const from = request.valid_from === undefined ? now : momentFrom(request.valid_from, deps, now);
  if (isRefusal(from)) return from;
  const until = momentFrom(request.valid_until, deps, now);
  if (isRefusal(until)) return until;
  if (until <= Math.max(from, now))
    return refusal("over-already", "The visit must end after it begins, and after now.");
  return {
    visitorId,
    kind: request.kind,
    plate,
    name: request.name,
    host: request.host === undefined || request.host === "" ? null : request.host,
    validFrom: from,
    validUntil: until,
    windows: [],
    entriesMax: request.entries_max ?? null,
    ended: false,
    owner: "facility",
    changedAt: now,
    changedBy: actor.id ?? actor.kind,
  };
}

const toldOf = (row: VisitorRow) => ({
  kind: row.kind,
  plate: row.plate,
  name: row.name,
  host: row.host,
  valid_from: isoOf(row.validFrom as Instant),
  valid_until: isoOf(row.validUntil as Instant),
  entries_max: row.entriesMax,
  ended: row.ended,
});

function viewOf(book: Book, row: VisitorRow): VisitorsData["visitors"][number] {
  const { ended: _, ...told } = toldOf(row);
  return {
    visitor_id: row.visitorId,
    ...told,
    entries_used: countVisits(book, row.visitorId),
    owner: row.owner,
    changed_at: isoOf(row.changedAt as Instant),
    changed_by: row.changedBy,
  };
}

const sentenceOf = (row: VisitorRow, { calendar }: KeepingDeps): string =>
  row.ended
    ? `${row.name} (${row.plate}) is no longer expected.`
    : `${row.name} (${row.plate}) is expected until ${wallClock(row.validUntil as Instant, calendar.timezone)}.`;
