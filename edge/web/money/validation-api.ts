import { KeptAnswer } from "@gatehouse/shared/contracts/money";
import {
  ValidationAnswer,
  ValidationsData,
  type RedeemRequest,
  type RevokeRequest,
  type ValidationRequest,
} from "@gatehouse/shared/contracts/validations";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** What merchants give, as the desk asks for it. */
const place = "/api/money/validations";

export const validate = (request: ValidationRequest): Promise<Told<ValidationAnswer>> =>
  ask("POST", place, ValidationAnswer, request);
export const redeem = (request: RedeemRequest): Promise<Told<ValidationAnswer>> =>
  ask("POST", `${place}/redeem`, ValidationAnswer, request);
export const askValidationsOf = (sessionId: string): Promise<Told<ValidationsData>> =>
  ask("GET", `${place}?session_id=${encodeURIComponent(sessionId)}`, ValidationsData);
export const revoke = (validationId: string, request: RevokeRequest): Promise<Told<KeptAnswer>> =>
  ask("POST", `${place}/${encodeURIComponent(validationId)}/revoke`, KeptAnswer, request);
