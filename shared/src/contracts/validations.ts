import { z } from "zod";
import { validationKinds, validationStates } from "./money-terms.ts";
import { id, instant, minor, reason, requestId, writtenPlate } from "./money-values.ts";

const validation = {
  request_id: requestId,
  kind: z.enum(validationKinds),
  /** Minutes, minor units or percent; of `all` nothing. */
  value: minor.default(0),
  /** The vehicle's session, or its plate while it is inside. */
  session_id: id.optional(),
  plate: writtenPlate.optional(),
  /** The number on its ticket, where it has one. */
  ticket: writtenPlate.optional(),
};

/** `POST /api/money/validations`, by an attendant for a merchant. */
export const ValidationRequest = z.object({ ...validation, merchant_id: id });
export type ValidationRequest = z.infer<typeof ValidationRequest>;
/** `POST /api/validate`, by a merchant with its own token. */
export const MerchantValidationRequest = z.object(validation);
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
/** `POST /api/money/validations/{validation_id}/revoke` */
export const RevokeRequest = z.object({ reason });
export type RevokeRequest = z.infer<typeof RevokeRequest>;
export const ValidationView = z.object({
  validation_id: z.string(),
  merchant_id: z.string(),
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
/** `GET /api/money/validations?merchant_id=` */
export const ValidationsData = z.object({ validations: z.array(ValidationView) });
export type ValidationsData = z.infer<typeof ValidationsData>;
export const ValidationAnswer = z.object({ sentence: z.string(), validation_id: z.string() });
export type ValidationAnswer = z.infer<typeof ValidationAnswer>;
