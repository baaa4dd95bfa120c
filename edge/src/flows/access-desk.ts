import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  ListEndRequest,
  ListEntryRequest,
  ListsData,
  NeutralRequest,
  NewVisitorRequest,
  PermitsData,
  RightsAnswer,
  VisitorRequest,
  VisitorsData,
} from "@gatehouse/shared/contracts/rights";
import type { KeepingDeps } from "./access-keeping.ts";
import { putOnList, takeOffList, tellLists } from "./access-listing.ts";
import { makeNeutral, tellPermits } from "./access-permits.ts";
import { announceVisitor, changeVisitor, endVisitor, tellVisitors } from "./access-visits.ts";
import type { Refusal } from "./desk.ts";

/**
 * What the faces may see and keep of who may come in. Every change is in the ledger with who, why, before and after;
 * what head office has sent is refused with `owned-by-head-office`.
 */
export interface AccessDesk {
  /** @param search part of a plate or reason; empty: all */
  lists(search: string): ListsData;
  list(request: ListEntryRequest, actor: Actor): RightsAnswer | Refusal;
  unlist(request: ListEndRequest, actor: Actor): RightsAnswer | Refusal;
  /** @param search part of a plate, name or host; empty: all */
  visitors(search: string): VisitorsData;
  announce(request: NewVisitorRequest, actor: Actor): RightsAnswer | Refusal;
  change(visitorId: string, request: VisitorRequest, actor: Actor): RightsAnswer | Refusal;
  end(visitorId: string, why: string, actor: Actor): RightsAnswer | Refusal;
  permits(plate: string): PermitsData | Refusal;
  makeNeutral(request: NeutralRequest, actor: Actor): RightsAnswer | Refusal;
}

export const accessDesk = (deps: KeepingDeps): AccessDesk => ({
  lists: (search) => tellLists(deps, search),
  list: (request, actor) => putOnList(deps, request, actor),
  unlist: (request, actor) => takeOffList(deps, request, actor),
  visitors: (search) => tellVisitors(deps, search),
  announce: (request, actor) => announceVisitor(deps, request, actor),
  change: (visitorId, request, actor) => changeVisitor(deps, visitorId, request, actor),
  end: (visitorId, why, actor) => endVisitor(deps, visitorId, why, actor),
  permits: (plate) => tellPermits(deps, plate),
  makeNeutral: (request, actor) => makeNeutral(deps, request, actor),
});
