import {
  type SubscriptionAct,
  subscriptionActs,
  type SubscriptionView,
} from "@gatehouse/shared/contracts/accounts";
import type { KeptAnswer } from "@gatehouse/shared/contracts/money";
import type { Told } from "../../../shared/web/ask.ts";
import { instantOf } from "../field-times.ts";
import { actOnSubscription, keepSubscription } from "./accounts-api.ts";
import { minorOf } from "./amounts.ts";

export type RenewalAct = SubscriptionAct | "add" | "change";

/** The lines of a renewal's form: the price as people write amounts, the tax in percent. */
export const renewalFields = [
  "permit",
  "account",
  "price",
  "period",
  "paidUntil",
  "tax",
  "grace",
  "reason",
] as const;
type RenewalForm = Readonly<Record<(typeof renewalFields)[number], string>>;

export const periods = ["week", "month", "year"] as const;

/** What a supervisor can do about a renewal; the daemon may still refuse, and says why. */
export function actsForRenewal({ state }: SubscriptionView): RenewalAct[] {
  if (state === "cancelled") return ["change"];
  if (state === "paused") return ["resume", "change", "cancel"];
  return ["charge", "pause", "change", "cancel"];
}

/** What is not written yet; undefined: nothing is missing. */
export function missingOf(act: RenewalAct, form: RenewalForm): "terms" | "reason" | undefined {
  const isKept = act === "add" || act === "change";
  if (isKept && termsIn(form) === undefined) return "terms";
  return form.reason.trim() === "" ? "reason" : undefined;
}

export function carryOutRenewal(
  act: RenewalAct,
  subscriptionId: string,
  form: RenewalForm,
  requestId: string,
): Promise<Told<KeptAnswer>> {
  const press = { request_id: requestId, reason: form.reason.trim() };
  const wanted = subscriptionActs.find((each) => each === act);
  if (wanted !== undefined) return actOnSubscription(subscriptionId, { ...press, act: wanted });
  const terms = termsIn(form);
  if (terms === undefined) throw new RangeError("a renewal is kept whole");
  return keepSubscription({ ...press, ...terms, subscription_id: subscriptionId });
}

function termsIn(form: RenewalForm) {
  const price = minorOf(form.price);
  const ppm = Math.round(Number(form.tax.replace(",", ".")) * 10_000);
  const grace = Number(form.grace);
  const period = periods.find((each) => each === form.period);
  const [permit, account] = [form.permit.trim(), form.account.trim()];
  const isNamed = permit !== "" && account !== "" && form.paidUntil !== "";
  const isPriced = price !== undefined && price > 0 && ppm >= 0 && ppm <= 1_000_000;
  const isHeld = Number.isInteger(grace) && grace >= 0 && grace <= 60;
  if (!isNamed || !isPriced || !isHeld || period === undefined) return undefined;
  return {
    permit_id: permit,
    account_id: account,
    price_minor: price,
    rate_ppm: ppm,
    period,
    paid_until: instantOf(form.paidUntil),
    grace_days: grace,
  };
}
