import {
  ViolationData,
  ViolationsData,
  ViolationView,
  type DecideViolationRequest,
  type DisputeViolationRequest,
  type ReviewViolationRequest,
  type WaiveViolationRequest,
} from "@gatehouse/shared/contracts/violations";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Penalties, and what people decide about them. */
const at = (violationId: string, what = ""): string =>
  `/api/violations/${encodeURIComponent(violationId)}${what}`;
const act = (violationId: string, what: string, request: object): Promise<Told<ViolationView>> =>
  ask("POST", at(violationId, `/${what}`), ViolationView, request);

/** @param plate "": of all vehicles */
export const askViolations = (plate: string): Promise<Told<ViolationsData>> =>
  ask(
    "GET",
    plate === "" ? "/api/violations" : `/api/violations?plate=${encodeURIComponent(plate)}`,
    ViolationsData,
  );
export const askViolation = (violationId: string): Promise<Told<ViolationData>> =>
  ask("GET", at(violationId), ViolationData);

export const reviewViolation = (violationId: string, request: ReviewViolationRequest) =>
  act(violationId, "review", request);
export const waiveViolation = (violationId: string, request: WaiveViolationRequest) =>
  act(violationId, "waive", request);
export const disputeViolation = (violationId: string, request: DisputeViolationRequest) =>
  act(violationId, "dispute", request);
export const decideViolation = (violationId: string, request: DecideViolationRequest) =>
  act(violationId, "decide", request);
