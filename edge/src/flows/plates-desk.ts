import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  CandidatesData,
  ChooseAnswer,
  ChooseRequest,
  CorrectAnswer,
  CorrectRequest,
  ReviewAnswer,
  ReviewRequest,
  ReviewsData,
  SessionsData,
} from "@gatehouse/shared/contracts/plates";
import type { Refusal } from "./desk.ts";

/** What people decide about plates, and whose vehicle it is. */
export interface PlatesDesk {
  candidatesAt(laneId: string): CandidatesData | Refusal;
  /** The vehicle at an exit has that session, and goes the ordinary way; or none of them is it. */
  choose(
    laneId: string,
    request: ChooseRequest,
    actor: Actor,
  ): ChooseAnswer | Refusal | Promise<ChooseAnswer | Refusal>;
  correct(sessionId: string, request: CorrectRequest, actor: Actor): CorrectAnswer | Refusal;
  /** @param part of the plate, as it is typed; too short a part finds nothing */
  search(part: string): SessionsData;
  reviews(): ReviewsData;
  review(reviewId: string, request: ReviewRequest, actor: Actor): ReviewAnswer | Refusal;
}
