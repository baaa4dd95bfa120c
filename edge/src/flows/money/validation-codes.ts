import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  CodeAnswer,
  CodeRequest,
  ValidationAnswer,
} from "@gatehouse/shared/contracts/validations";
import { hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import { textOfBytes } from "../../domain/parking-ticket-text.ts";
import type { Tx } from "../../store/book.ts";
import type { Session } from "../../store/sessions.ts";
import {
  findMerchant,
  findValidation,
  insertValidation,
  saveValidation,
  type Validation,
  validationByCode,
} from "../../store/validations.ts";
import { type Refusal, refusal } from "../desk.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { answerOf, checkedGift, tellValidation } from "./validations.ts";

/** Forty bits: nobody guesses one at a till, and a phone that tries is made to wait. */
const codeBytes = 5;

/** A merchant makes a code that its guest shows at the desk or types on a phone. The same request again is the same. */
export function issueCode(
  tx: Tx,
  { random }: Pick<MoneyDeps, "random">,
  merchantId: string,
  request: CodeRequest,
  actor: Actor,
  at: Instant,
): CodeAnswer | Refusal {
  const known = findValidation(tx, request.request_id);
  if (typeof known?.code === "string") return codeAnswer(known, known.code);
  const gift = checkedGift(tx, merchantId, request);
  if ("reason" in gift) return gift;
  const code = textOfBytes(
    Buffer.from(
      random
        .id()
        .replaceAll("-", "")
        .slice(-2 * codeBytes),
      "hex",
    ),
  );
  const validation: Validation = {
    ...gift,
    validationId: request.request_id,
    state: "issued",
    code,
    sessionId: null,
    paymentId: null,
    issuedAt: at,
    expiresAt: later(at, hours(24 * request.days)),
    usedAt: null,
    issuedBy: actor.id ?? actor.kind,
  };
  insertValidation(tx, validation);
  tellValidation(tx, validation, actor, "a code to hand out", at);
  return codeAnswer(validation, code);
}

/** Gives what a code stands for to a stay, once; typed again for the same stay it is the same. */
export function redeemCode(
  tx: Tx,
  typed: string,
  { sessionId }: Session,
  actor: Actor,
  at: Instant,
): ValidationAnswer | Refusal {
  const known = validationByCode(tx, codeOf(typed));
  const merchant = findMerchant(tx, known?.merchantId ?? "");
  if (known === undefined || merchant === undefined) return noSuchCode;
  if (known.sessionId === sessionId && known.state !== "revoked") return answerOf(known, merchant);
  if (known.state !== "issued" || known.sessionId !== null) return codeUsed;
  if (!merchant.isActive || (known.expiresAt ?? 0) <= at) return codeOver;
  const given: Validation = { ...known, sessionId };
  saveValidation(tx, given);
  tellValidation(tx, given, actor, "by its code", at);
  return answerOf(given, merchant);
}

/** As people type it: gaps and small letters do not count, and digits that look like letters are those. */
const codeOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll("0", "O")
    .replaceAll("1", "I")
    .replaceAll("8", "B");

const codeAnswer = ({ validationId, expiresAt }: Validation, code: string): CodeAnswer => ({
  validation_id: validationId,
  code: `${code.slice(0, 4)}-${code.slice(4)}`,
  expires_at: isoOf((expiresAt ?? 0) as Instant),
});

const noSuchCode = refusal("no-such-code", "There is no such code.");
const codeUsed = refusal("code-used", "This code was used already, or taken back.");
const codeOver = refusal("code-over", "This code holds no longer.");
