import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { KeptAnswer } from "@gatehouse/shared/contracts/money";
import type {
  MerchantValidationRequest,
  RevokeRequest,
  ValidationAnswer,
  ValidationsData,
  ValidationView,
} from "@gatehouse/shared/contracts/validations";
import { check } from "@gatehouse/shared/check";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { validationWorth } from "../../domain/money/validation.ts";
import { typedNumber } from "../../domain/parking-ticket.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Reader, Tx } from "../../store/book.ts";
import { findParkingTicket } from "../../store/parking-tickets.ts";
import { findPayment, paymentsOf } from "../../store/payments.ts";
import { findInsideByPlate, findSession, type Session } from "../../store/sessions.ts";
import {
  codesOver,
  findMerchant,
  findValidation,
  insertValidation,
  leftOverValidations,
  type Merchant,
  saveValidation,
  type Validation,
  validationsOf,
  validationsOfMerchant,
} from "../../store/validations.ts";
import { isAccepted } from "../../domain/payment.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { isInside } from "../sessions.ts";
import { quoteSession } from "../session-quote.ts";
import { payAtOnce } from "./at-once.ts";
import { givenThisMonth } from "./merchants.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { owedFor, type Owed } from "./owed.ts";
import { reversePayment } from "./payment-writing.ts";

type PricingDeps = Pick<MoneyDeps, "steady" | "calendar" | "clock">;

const shownMost = 500;
/** So many are ended in one round of upkeep. */
const endedAtOnce = 100;

/**
 * A merchant gives something to a vehicle that is inside. What it comes to is known when the driver pays: the price
 * may still rise until then.
 */
export function issueValidation(
  tx: Tx,
  merchantId: string,
  request: MerchantValidationRequest,
  actor: Actor,
  at: Instant,
): ValidationAnswer | Refusal {
  const known = findValidation(tx, request.request_id);
  if (known !== undefined) return answerOf(known, findMerchant(tx, known.merchantId));
  const gift = checkedGift(tx, merchantId, request);
  if ("reason" in gift) return gift;
  const session = sessionFor(tx, request);
  if (isRefusal(session)) return session;
  const validation: Validation = {
    ...gift,
    validationId: request.request_id,
    state: "issued",
    code: null,
    sessionId: session.sessionId,
    paymentId: null,
    issuedAt: at,
    expiresAt: null,
    usedAt: null,
    issuedBy: actor.id ?? actor.kind,
  };
  insertValidation(tx, validation);
  tellValidation(tx, validation, actor, "given", at);
  return answerOf(validation, findMerchant(tx, merchantId));
}

/** What a merchant wants to give, where it can. */
export function checkedGift(
  reader: Reader,
  merchantId: string,
  { kind, value }: Pick<MerchantValidationRequest, "kind" | "value">,
): Pick<Validation, "merchantId" | "kind" | "value"> | Refusal {
  if (findMerchant(reader, merchantId)?.isActive !== true)
    return refusal("no-such-merchant", "There is no such merchant, or it gives nothing any more.");
  if (kind === "percent" && value > 100)
    return refusal("too-much", "Nobody can give more than 100 percent.");
  if (kind !== "all" && value === 0) return refusal("nothing-given", "Say how much is given.");
  return { merchantId, kind, value: kind === "all" ? 0 : value };
}

/** Turns what was given to a stay into payments, in the order in which it was given. */
export function useValidations(tx: Tx, deps: MoneyDeps, sessionId: string, at: Instant): void {
  const payable = { purpose: "stay", subjectId: sessionId } as const;
  const owed = owedFor(tx, deps, payable);
  if (isRefusal(owed)) return;
  for (const { validation, amount } of worthNow(tx, deps, owed, at)) {
    const before = owedFor(tx, deps, payable);
    check(!isRefusal(before), "a stay that was just priced is there");
    const means = { method: "validation", place: validation.merchantId, amount } as const;
    const details = { validation_id: validation.validationId };
    const { paymentId } = payAtOnce(tx, deps, payable, before, { ...means, details }, at);
    const used: Validation = { ...validation, state: "used", paymentId, usedAt: at };
    saveValidation(tx, used);
    tellValidation(tx, used, { kind: "system" }, "used", at);
  }
}

/** What merchants would take off now of what is owed for a stay, whole minor units; asking changes nothing. */
export const givenOf = (reader: Reader, deps: PricingDeps, owed: Owed, at: Instant): number =>
  worthNow(reader, deps, owed, at).reduce((sum, { amount }) => sum + amount, 0);

/** What each validation of a stay that was not used yet comes to now, one after the other; none that comes to nothing. */
function worthNow(
  reader: Reader,
  deps: PricingDeps,
  { session, due, total }: Owed,
  at: Instant,
): { readonly validation: Validation; readonly amount: number }[] {
  if (session === undefined) return [];
  const worths: { readonly validation: Validation; readonly amount: number }[] = [];
  let left = due;
  for (const validation of validationsOf(reader, session.sessionId)) {
    const merchant = findMerchant(reader, validation.merchantId);
    if (validation.state !== "issued" || merchant?.isActive !== true || left === 0) continue;
    const { merchantId, stayCap, monthCap } = merchant;
    const before = worths
      .filter((each) => each.validation.merchantId === merchantId)
      .reduce((sum, { amount }) => sum + amount, 0);
    const given = (): number => givenToStay(reader, merchant, session.sessionId) + before;
    const { timezone } = deps.calendar;
    const thisMonth = (): number => givenThisMonth(reader, merchantId, timezone, at) + before;
    const amount = validationWorth(validation.kind, validation.value, {
      due: left,
      total,
      totalWithout: (minutes) => totalWithout(reader, deps, session, minutes),
      stayLeft: stayCap === null ? undefined : stayCap - given(),
      monthLeft: monthCap === null ? undefined : monthCap - thisMonth(),
    });
    if (amount > 0) worths.push({ validation, amount });
    left -= amount;
  }
  return worths;
}

/** Takes a validation back, until its vehicle has left: what it paid is owed again. */
export function revokeValidation(
  tx: Tx,
  deps: MoneyDeps,
  validationId: string,
  { reason }: RevokeRequest,
  actor: Actor,
  at: Instant,
): KeptAnswer | Refusal {
  const validation = findValidation(tx, validationId);
  const isOthers = actor.kind === "merchant" && validation?.merchantId !== actor.id;
  if (validation === undefined || isOthers)
    return refusal("no-such-validation", "There is no such validation.");
  if (validation.state === "revoked") return revokedAnswer;
  const session = findSession(tx, validation.sessionId ?? "");
  const isUnused = validation.sessionId === null && validation.state === "issued";
  const isHere = session !== undefined && isInside(session) && validation.state !== "expired";
  if (!isUnused && !isHere)
    return refusal("vehicle-left", "The vehicle has left; what was given stays given.");
  const payment = findPayment(tx, validation.paymentId ?? "");
  if (payment?.status === "captured") reversePayment(tx, deps, payment, { reason, by: actor }, at);
  const revoked: Validation = { ...validation, state: "revoked" };
  saveValidation(tx, revoked);
  tellValidation(tx, revoked, actor, reason, at);
  return revokedAnswer;
}

/** What was given and never used ends when its vehicle has left, and a code with its time; upkeep calls it. */
export function endLeftOver(tx: Tx, at: Instant): void {
  const end = (validation: Validation, why: string): void => {
    const expired: Validation = { ...validation, state: "expired" };
    saveValidation(tx, expired);
    tellValidation(tx, expired, { kind: "system" }, why, at);
  };
  for (const each of leftOverValidations(tx, endedAtOnce)) end(each, "its vehicle has left");
  for (const each of codesOver(tx, at, endedAtOnce)) end(each, "its code holds no longer");
}

/** What one merchant gave, newest first, or what one stay was given, oldest first. */
export const validationsIn = (
  reader: Reader,
  of: { readonly merchantId: string } | { readonly sessionId: string },
): ValidationsData => ({
  validations: ("sessionId" in of
    ? validationsOf(reader, of.sessionId)
    : validationsOfMerchant(reader, of.merchantId, shownMost)
  ).map((validation): ValidationView => ({
    validation_id: validation.validationId,
    merchant_id: validation.merchantId,
    merchant: findMerchant(reader, validation.merchantId)?.name ?? validation.merchantId,
    session_id: validation.sessionId,
    plate: findSession(reader, validation.sessionId ?? "")?.vehicleLicense ?? null,
    kind: validation.kind,
    value: validation.value,
    state: validation.state,
    issued_at: isoOf(validation.issuedAt as Instant),
    issued_by: validation.issuedBy,
    amount_minor: findPayment(reader, validation.paymentId ?? "")?.amount ?? null,
  })),
});

/** The vehicle inside that a person names by its plate, its ticket's printed number, or its session. */
export function sessionFor(
  reader: Reader,
  { session_id, plate, ticket }: Pick<MerchantValidationRequest, "session_id" | "plate" | "ticket">,
): Session | Refusal {
  const sessionId = ticket === undefined ? session_id : (sessionOfTicket(reader, ticket) ?? "");
  const found =
    sessionId === undefined
      ? findInsideByPlate(reader, normalisePlate(plate ?? ""))
      : [findSession(reader, sessionId)].filter((session) => session !== undefined);
  const inside = found.filter(isInside);
  const [session] = inside;
  if (session === undefined) return refusal("not-inside", "This vehicle is not inside.");
  if (inside.length > 1)
    return refusal(
      "several-sessions",
      "Two vehicles are inside under this plate; ask an attendant.",
    );
  return session;
}

/** @param typed the number as it is printed */
function sessionOfTicket(reader: Reader, typed: string): string | undefined {
  const number = typedNumber(typed);
  const ticket = number === undefined ? undefined : findParkingTicket(reader, number);
  return ticket?.state === "issued" ? ticket.sessionId : undefined;
}

/** The whole price had the vehicle come in so much later. */
function totalWithout(
  reader: Reader,
  deps: PricingDeps,
  session: Session,
  minutes: number,
): number {
  const later = { ...session, entrySteady: session.entrySteady + minutes * 60_000 };
  const unpaid = { ...later, quotedTotal: null, quoteUntilSteady: null, graceUntilSteady: null };
  return quoteSession(reader, deps, unpaid).total;
}

const givenToStay = (reader: Reader, { merchantId }: Merchant, sessionId: string): number =>
  paymentsOf(reader, sessionId)
    .filter(
      ({ paymentMethod, terminalId, status }) =>
        paymentMethod === "validation" && terminalId === merchantId && isAccepted(status),
    )
    .reduce((sum, { amount }) => sum + amount, 0);

/** Writes into the ledger what became of a validation. */
export function tellValidation(
  tx: Tx,
  validation: Validation,
  by: Actor,
  reason: string,
  at: Instant,
): void {
  tx.append(at, {
    type: "validation-changed",
    body: {
      validation_id: validation.validationId,
      merchant_id: validation.merchantId,
      session_id: validation.sessionId,
      kind: validation.kind,
      value: validation.value,
      state: validation.state,
      reason,
      by,
    },
  });
}

/** What a validation is told as, to whoever gave it. */
export const answerOf = (
  { validationId }: Validation,
  merchant: Merchant | undefined,
): ValidationAnswer => ({
  validation_id: validationId,
  sentence: `Given by ${merchant?.name ?? "a merchant"}; it counts when the driver pays.`,
});

const revokedAnswer: KeptAnswer = { sentence: "Taken back." };
