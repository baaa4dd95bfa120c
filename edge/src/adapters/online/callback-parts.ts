import { jsonOf } from "@gatehouse/shared/json-text";
import type { CallbackReading } from "@gatehouse/shared/ports/online-gateway";

type Refusal = Extract<CallbackReading, { kind: "refusal" }>;

/** What a raw body says; undefined when it is no JSON. */
export const jsonIn = (body: Uint8Array): unknown => jsonOf(Buffer.from(body).toString("utf8"));

/** A callback that is not believed, and why. */
export const refusal = (reason: Refusal["reason"], detail: string): CallbackReading => ({
  kind: "refusal",
  reason,
  detail: detail.slice(0, 300),
});
