import { z } from "zod";
import { validationKinds, validationStates } from "./money-terms.ts";
import { id, instant, minor, reason, requestId, writtenPlate } from "./money-values.ts";

/* What merchants give to stays. Amounts are whole minor units. */

const gift = {
  request_id: requestId,
  kind: z.enum(validationKinds),
  /** Minutes, minor units or percent; of `all` nothing. */
  value: minor.default(0),
};
const whose = {
  /** The vehicle's session, or its plate while it is inside. */
  session_id: id.optional(),
  plate: writtenPlate.optional(),
  /** The number on its ticket, where it has one. */
  ticket: writtenPlate.optional(),
};

/** `POST /api/money/validations`, by an attendant for a merchant. */
export const ValidationRequest = z.object({ ...gift, ...whose, merchant_id: id });
export type ValidationRequest = z.infer<typeof ValidationRequest>;
/** `POST /api/validate`, by a merchant with its own token. */
export const MerchantValidationRequest = z.object({ ...gift, ...whose });
export type MerchantValidationRequest = z.infer<typeof MerchantValidationRequest>;

/** `GET /api/validate`: what a merchant's own page shows. */
export const MerchantPage = z.object({
  merchant_id: z.string(),
  name: z.string(),
  currency: z.string(),
  /** What it may still give in this civil month; null: no limit. */
  left_this_month_minor: minor.nullable(),
});
export type MerchantPage = z.infer<typeof MerchantPage>;

/** `POST /api/validate/code`, by a merchant: a code that its guest shows at the desk or types on a phone, once. */
export const CodeRequest = z.object({ ...gift, days: z.number().int().min(1).max(90).default(7) });
export type CodeRequest = z.infer<typeof CodeRequest>;
export const CodeAnswer = z.object({
  validation_id: z.string(),
  /** As it is written down: `ABCD-EFGH`. */
  code: z.string(),
  expires_at: instant,
});
export type CodeAnswer = z.infer<typeof CodeAnswer>;

export const writtenCode = z.string().trim().min(1, "write the code").max(20);
/** `POST /api/money/validations/redeem`: a driver shows a code at the desk; typed again for the same stay it is one. */
export const RedeemRequest = z.object({ session_id: id, code: writtenCode });
export type RedeemRequest = z.infer<typeof RedeemRequest>;

/** `POST /api/money/validations/{validation_id}/revoke` */
export const RevokeRequest = z.object({ reason });
export type RevokeRequest = z.infer<typeof RevokeRequest>;

export const ValidationView = z.object({
  validation_id: z.string(),
  merchant_id: z.string(),
  merchant: z.string(),
  session_id: z.string().nullable(),
  plate: z.string().nullable(),
  kind: z.enum(validationKinds),
  value: minor,
  state: z.enum(validationStates),
  issued_at: instant,
  issued_by: z.string(),
  /** What it came to when it was used. */
  amount_minor: minor.nullable(),
});
export type ValidationView = z.infer<typeof ValidationView>;
/** `GET /api/money/validations?merchant_id=` or `?session_id=` */
export const ValidationsData = z.object({ validations: z.array(ValidationView) });
export type ValidationsData = z.infer<typeof ValidationsData>;
export const ValidationAnswer = z.object({ validation_id: z.string(), sentence: z.string() });
export type ValidationAnswer = z.infer<typeof ValidationAnswer>;
