import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  MerchantAnswer,
  MerchantRequest,
  MerchantsData,
} from "@gatehouse/shared/contracts/accounts";
import type { MerchantPage } from "@gatehouse/shared/contracts/validations";
import type { Instant } from "@gatehouse/shared/time";
import { startOfMonth } from "../../domain/calendar.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import { takenFromSince } from "../../store/payments.ts";
import {
  findMerchant,
  listMerchants,
  type Merchant,
  merchantByToken,
  saveMerchant,
} from "../../store/validations.ts";
import type { MoneyDeps } from "./money-deps.ts";

/** Keeps a merchant, as new or changed. Its new token, where one is wanted, is told once. What changes nothing is not told. */
export function keepMerchant(
  tx: Tx,
  { random }: Pick<MoneyDeps, "random">,
  request: MerchantRequest,
  actor: Actor,
  at: Instant,
): MerchantAnswer {
  const { merchant_id: merchantId, name, is_active: isActive } = request;
  const known = findMerchant(tx, merchantId);
  const token = request.new_token ? `${random.id()}${random.id()}`.replaceAll("-", "") : null;
  const merchant: Merchant = {
    merchantId,
    name,
    stayCap: request.stay_cap_minor,
    monthCap: request.month_cap_minor,
    isActive,
    tokenHash: token === null ? (known?.tokenHash ?? null) : hashOf(token),
  };
  if (known !== undefined && isDeepStrictEqual({ ...known }, merchant))
    return { sentence: `${name} is as it was.`, token };
  saveMerchant(tx, merchant);
  tx.append(at, {
    type: "merchant-changed",
    body: {
      merchant_id: merchantId,
      name,
      stay_cap_minor: merchant.stayCap,
      month_cap_minor: merchant.monthCap,
      is_active: isActive,
      reason: request.reason,
      ...(request.new_token ? { new_token: true } : {}),
      by: actor,
    },
  });
  return { sentence: `${name} is kept.`, token };
}

/** The merchant whose own token this is; undefined: nobody's, or one that is not active. */
export function merchantOf(reader: Reader, token: string): Merchant | undefined {
  const merchant = merchantByToken(reader, hashOf(token));
  return merchant?.isActive === true ? merchant : undefined;
}

/** What a merchant sees of itself; undefined: nobody's token. */
export function merchantPage(
  reader: Reader,
  { calendar, currency }: Pick<MoneyDeps, "calendar" | "currency">,
  token: string,
  now: Instant,
): MerchantPage | undefined {
  const merchant = merchantOf(reader, token);
  if (merchant === undefined) return undefined;
  const { merchantId, name, monthCap } = merchant;
  const given = givenThisMonth(reader, merchantId, calendar.timezone, now);
  return {
    merchant_id: merchantId,
    name,
    currency,
    left_this_month_minor: monthCap === null ? null : Math.max(0, monthCap - given),
  };
}

export const merchantsIn = (
  reader: Reader,
  { calendar: { timezone }, currency }: Pick<MoneyDeps, "calendar" | "currency">,
  now: Instant,
): MerchantsData => ({
  currency,
  merchants: listMerchants(reader).map((merchant) => ({
    merchant_id: merchant.merchantId,
    name: merchant.name,
    stay_cap_minor: merchant.stayCap,
    month_cap_minor: merchant.monthCap,
    is_active: merchant.isActive,
    has_token: merchant.tokenHash !== null,
    owes_minor: balanceOf(reader, "merchant-receivable", merchant.merchantId),
    used_this_month_minor: givenThisMonth(reader, merchant.merchantId, timezone, now),
  })),
});

/** What a merchant has paid for in the civil month of that moment. */
export const givenThisMonth = (
  reader: Reader,
  merchantId: string,
  timezone: string,
  at: Instant,
): number => takenFromSince(reader, "validation", merchantId, startOfMonth(at, timezone));

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
