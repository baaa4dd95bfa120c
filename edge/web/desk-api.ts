import {
  LaneAnswer,
  type CallRequest,
  type ModeRequest,
  type OrderRequest,
  type TurnRequest,
} from "@gatehouse/shared/contracts/lanes";
import {
  CandidatesData,
  ChooseAnswer,
  CorrectAnswer,
  ReviewAnswer,
  ReviewsData,
  SessionsData,
  type ChooseRequest,
  type CorrectRequest,
  type ReviewRequest,
} from "@gatehouse/shared/contracts/plates";
import {
  ParkingTicketAnswer,
  type IssueTicketRequest,
  type LostTicketRequest,
  type ShowTicketRequest,
} from "@gatehouse/shared/contracts/parking-tickets";
import { ask, type Told } from "../../shared/web/ask.ts";

/** What an attendant asks and orders of lanes, plates and sessions. */
const laneAt = (laneId: string, what: string): string =>
  `/api/lanes/${encodeURIComponent(laneId)}/${what}`;

export const setFacilityMode = (request: ModeRequest): Promise<Told<LaneAnswer>> =>
  ask("POST", "/api/mode", LaneAnswer, request);
export const setLaneMode = (laneId: string, request: ModeRequest): Promise<Told<LaneAnswer>> =>
  ask("POST", laneAt(laneId, "mode"), LaneAnswer, request);
export const orderLane = (laneId: string, request: OrderRequest): Promise<Told<LaneAnswer>> =>
  ask("POST", laneAt(laneId, "order"), LaneAnswer, request);
export const turnLane = (laneId: string, request: TurnRequest): Promise<Told<LaneAnswer>> =>
  ask("POST", laneAt(laneId, "direction"), LaneAnswer, request);

export const askCandidates = (laneId: string): Promise<Told<CandidatesData>> =>
  ask("GET", laneAt(laneId, "candidates"), CandidatesData);
export const chooseAtLane = (laneId: string, request: ChooseRequest): Promise<Told<ChooseAnswer>> =>
  ask("POST", laneAt(laneId, "choose"), ChooseAnswer, request);
export const callHelp = (laneId: string, request: CallRequest): Promise<Told<LaneAnswer>> =>
  ask("POST", laneAt(laneId, "call"), LaneAnswer, request);

const askTicket = (laneId: string, what: string, request: object) =>
  ask("POST", laneAt(laneId, what), ParkingTicketAnswer, request);
export const issueTicket = (laneId: string, request: IssueTicketRequest) =>
  askTicket(laneId, "issue-ticket", request);
export const takeTicket = (laneId: string, request: ShowTicketRequest) =>
  askTicket(laneId, "ticket", request);
export const reprintTicket = (laneId: string, request: ShowTicketRequest) =>
  askTicket(laneId, "reprint", request);
export const loseTicket = (laneId: string, request: LostTicketRequest) =>
  askTicket(laneId, "lost-ticket", request);

export const findSessions = (plate: string): Promise<Told<SessionsData>> =>
  ask("GET", `/api/sessions?plate=${encodeURIComponent(plate)}`, SessionsData);
export const correctPlate = (
  sessionId: string,
  request: CorrectRequest,
): Promise<Told<CorrectAnswer>> =>
  ask("POST", `/api/sessions/${encodeURIComponent(sessionId)}/plate`, CorrectAnswer, request);

export const askReviews = (): Promise<Told<ReviewsData>> => ask("GET", "/api/reviews", ReviewsData);
export const endReview = (reviewId: string, request: ReviewRequest): Promise<Told<ReviewAnswer>> =>
  ask("POST", `/api/reviews/${encodeURIComponent(reviewId)}`, ReviewAnswer, request);

/** Where the picture of a read is, if there is one. */
export const pictureOf = (readerId: string, readId: string): string =>
  `/api/reads/${encodeURIComponent(readerId)}/${encodeURIComponent(readId)}/picture`;
