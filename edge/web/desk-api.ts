import {
  LaneAnswer,
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
export const chooseSession = (
  laneId: string,
  request: ChooseRequest,
): Promise<Told<ChooseAnswer>> => ask("POST", laneAt(laneId, "choose"), ChooseAnswer, request);
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
