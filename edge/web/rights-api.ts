import {
  ListsData,
  PermitsData,
  RightsAnswer,
  VisitorsData,
  type ListEndRequest,
  type ListEntryRequest,
  type NeutralRequest,
  type NewVisitorRequest,
  type VisitorRequest,
} from "@gatehouse/shared/contracts/rights";
import { ask, type Told } from "../../shared/web/ask.ts";

const searched = (path: string, name: string, text: string): string =>
  `/api/rights/${path}?${name}=${encodeURIComponent(text)}`;

export const askVisitors = (search: string): Promise<Told<VisitorsData>> =>
  ask("GET", searched("visitors", "search", search), VisitorsData);
export const announceVisitor = (visitor: NewVisitorRequest): Promise<Told<RightsAnswer>> =>
  ask("POST", "/api/rights/visitors", RightsAnswer, visitor);
export const changeVisitor = (
  visitorId: string,
  visitor: VisitorRequest,
): Promise<Told<RightsAnswer>> =>
  ask("POST", `/api/rights/visitors/${encodeURIComponent(visitorId)}`, RightsAnswer, visitor);
export const endVisitor = (visitorId: string, why: string): Promise<Told<RightsAnswer>> =>
  ask("POST", `/api/rights/visitors/${encodeURIComponent(visitorId)}/end`, RightsAnswer, { why });

export const askLists = (search: string): Promise<Told<ListsData>> =>
  ask("GET", searched("lists", "search", search), ListsData);
export const putOnList = (entry: ListEntryRequest): Promise<Told<RightsAnswer>> =>
  ask("POST", "/api/rights/lists", RightsAnswer, entry);
export const takeOffList = (entry: ListEndRequest): Promise<Told<RightsAnswer>> =>
  ask("POST", "/api/rights/lists/end", RightsAnswer, entry);

export const askPermits = (plate: string): Promise<Told<PermitsData>> =>
  ask("GET", searched("permits", "plate", plate), PermitsData);
export const makeNeutral = (request: NeutralRequest): Promise<Told<RightsAnswer>> =>
  ask("POST", "/api/rights/neutral", RightsAnswer, request);
