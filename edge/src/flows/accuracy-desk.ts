import type {
  AccuracyData,
  SpotCountAnswer,
  SpotCountRequest,
} from "@gatehouse/shared/contracts/accuracy";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Refusal } from "./desk.ts";

/** What the faces may do about how right the system is. */
export interface AccuracyDesk {
  /** Keeps what a person found; the same count once more is the same count. */
  count(request: SpotCountRequest, actor: Actor): SpotCountAnswer | Refusal;
  report(): AccuracyData;
}
