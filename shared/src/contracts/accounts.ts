import { z } from "zod";
import { amount, id, instant, minor, reason, requestId, writtenPlate } from "./money-values.ts";
import { paymentMethods, subscriptionStates } from "./money-terms.ts";

/*
 * Merchants, accounts of stored value, and permits that are paid by the period. Amounts are whole minor units of the
 * facility's currency. Whoever changes something says why, with a `request_id` made for the press: the same one again is
 * the same act and gets the same answer.
 */

/** A gateway's own name of something; a card number is none, and never comes through the door whole. */
const token = z
  .string()
  .regex(/^[\w.:|-]{1,255}$/, "write the gateway's token, never a card number");
/** One press of a person. */
const press = { request_id: requestId, reason };

/** `POST /api/money/merchants`: a new one, or a known one changed. */
export const MerchantRequest = z.object({
  ...press,
  merchant_id: id,
  name: z.string().trim().min(1).max(100),
  /** Most that it pays for one stay, and in one civil month; null: no limit. */
  stay_cap_minor: minor.nullable().default(null),
  month_cap_minor: minor.nullable().default(null),
  is_active: z.boolean().default(true),
  /** Whether it gets a new token for its own validations; the old one ends. */
  new_token: z.boolean().default(false),
});
export type MerchantRequest = z.infer<typeof MerchantRequest>;
export const MerchantView = z.object({
  merchant_id: z.string(),
  name: z.string(),
  stay_cap_minor: minor.nullable(),
  month_cap_minor: minor.nullable(),
  is_active: z.boolean(),
  has_token: z.boolean(),
  /** What it owes in the books. */
  owes_minor: z.number().int(),
  used_this_month_minor: minor,
});
export type MerchantView = z.infer<typeof MerchantView>;
export const MerchantsData = z.object({ currency: z.string(), merchants: z.array(MerchantView) });
export type MerchantsData = z.infer<typeof MerchantsData>;
/** `token` is told once, and only its hash is kept. */
export const MerchantAnswer = z.object({ sentence: z.string(), token: z.string().nullable() });
export type MerchantAnswer = z.infer<typeof MerchantAnswer>;

/** A means of payment that a gateway keeps for its holder: tokens, and never a card. */
export const MeansOnFile = z.object({
  gateway: id,
  customer_ref: token,
  means_ref: token,
  last_four: z
    .string()
    .regex(/^\d{4}$/, "four digits")
    .nullable()
    .default(null),
});
export type MeansOnFile = z.infer<typeof MeansOnFile>;

/** `POST /api/money/accounts`: a new account of stored value, or a known one changed. */
export const AccountRequest = z.object({
  ...press,
  account_id: id,
  holder: z.string().trim().min(1).max(100),
  plates: z.array(writtenPlate).max(20).default([]),
  is_active: z.boolean().default(true),
  /** Most that is let go without the gateway's answer; 0: nothing. */
  floor_limit_minor: minor.default(0),
  /** Means of payment on file: a gateway's tokens. Null: none; missing: as it was. */
  means: MeansOnFile.nullable().optional(),
  /** Below so much the account is loaded from its means. Null: never; missing: as it was. */
  top_up: z.object({ below_minor: amount, load_minor: amount }).nullable().optional(),
});
export type AccountRequest = z.infer<typeof AccountRequest>;
export const AccountView = z.object({
  account_id: z.string(),
  holder: z.string(),
  plates: z.array(z.string()),
  is_active: z.boolean(),
  balance_minor: z.number().int(),
  floor_limit_minor: minor,
  gateway: z.string().nullable(),
  last_four: z.string().nullable(),
  top_up: z.object({ below_minor: minor, load_minor: minor }).nullable(),
});
export type AccountView = z.infer<typeof AccountView>;
/** `GET /api/money/accounts?search=` */
export const AccountsData = z.object({ currency: z.string(), accounts: z.array(AccountView) });
export type AccountsData = z.infer<typeof AccountsData>;

/** `GET /api/money/accounts/{account_id}/statement`: what came and went, newest first. */
export const StatementData = z.object({
  currency: z.string(),
  account: AccountView,
  lines: z.array(
    z.object({
      at: instant,
      /** What moved it, in the words of the books: `capture`, `refund`, `account-closed`… */
      kind: z.string(),
      /** Above zero it was loaded. */
      minor: z.number().int(),
      /** What it held afterwards. */
      balance_minor: z.number().int(),
      payment_id: z.string().nullable(),
      method: z.enum(paymentMethods).nullable(),
      /** Of the vehicle whose stay was paid. */
      plate: z.string().nullable(),
    }),
  ),
  /** Older lines are left out. */
  has_more: z.boolean(),
});
export type StatementData = z.infer<typeof StatementData>;

/** `POST /api/money/accounts/{account_id}/close`: what is left is paid out, and it pays for nothing any more. */
export const AccountCloseRequest = z.object({
  ...press,
  /** The till that gives what is left in cash; null: it is transferred. */
  till_id: id.nullable(),
});
export type AccountCloseRequest = z.infer<typeof AccountCloseRequest>;
export const AccountClosed = z.object({ sentence: z.string(), paid_out_minor: minor });
export type AccountClosed = z.infer<typeof AccountClosed>;

/** `POST /api/money/accounts/{account_id}/load`: loads it now from its means on file. */
export const AccountLoadRequest = z.object({ ...press, amount_minor: amount });
export type AccountLoadRequest = z.infer<typeof AccountLoadRequest>;

/** `POST /api/money/subscriptions`: a permit that is paid by the period from an account's means or its balance. */
export const SubscriptionRequest = z.object({
  ...press,
  subscription_id: id,
  permit_id: id,
  account_id: id,
  price_minor: amount,
  /** Parts per million: 190000 is 19 %, inside the price. */
  rate_ppm: z.number().int().min(0).max(1_000_000).default(0),
  period: z.enum(["week", "month", "year"]),
  paid_until: instant,
  grace_days: z.number().int().min(0).max(60).default(7),
});
export type SubscriptionRequest = z.infer<typeof SubscriptionRequest>;
export const SubscriptionView = z.object({
  subscription_id: z.string(),
  permit_id: z.string(),
  account_id: z.string(),
  price_minor: minor,
  period: z.enum(["week", "month", "year"]),
  state: z.enum(subscriptionStates),
  paid_until: instant,
  next_try_at: instant,
  tries: minor,
  rate_ppm: minor,
  grace_days: minor,
  /** Whose account pays, and the last digits of the means that it is charged to. */
  holder: z.string(),
  last_four: z.string().nullable(),
  /** Until then its permit lets vehicles in. */
  holds_until: instant,
  owed_minor: z.number().int(),
});
export type SubscriptionView = z.infer<typeof SubscriptionView>;
export const SubscriptionsData = z.object({
  currency: z.string(),
  subscriptions: z.array(SubscriptionView),
});
export type SubscriptionsData = z.infer<typeof SubscriptionsData>;

/** What people do with a subscription: `charge` asks for what is due now. */
export const subscriptionActs = ["pause", "resume", "cancel", "charge"] as const;
export type SubscriptionAct = (typeof subscriptionActs)[number];
/** `POST /api/money/subscriptions/{subscription_id}/act` */
export const SubscriptionActRequest = z.object({ ...press, act: z.enum(subscriptionActs) });
export type SubscriptionActRequest = z.infer<typeof SubscriptionActRequest>;

/** Who presses, as the command line says it. */
const wish = { ...press, actor: id };
/** As much of something as is to be changed. */
const merchantTerms = MerchantRequest.pick({
  name: true,
  stay_cap_minor: true,
  month_cap_minor: true,
}).shape;
const accountTerms = AccountRequest.pick({
  holder: true,
  plates: true,
  floor_limit_minor: true,
  means: true,
  top_up: true,
}).shape;

/** What `gatehouse merchant|account|subscription` ask of the daemon; what is left out of a change stays as it was. */
export const accountRequests = [
  z.object({ verb: z.literal("merchant-list") }),
  z.object({ verb: z.literal("merchant-add"), ...wish, merchant_id: id, ...merchantTerms }),
  z.object({
    verb: z.literal("merchant-change"),
    ...wish,
    merchant_id: id,
    name: merchantTerms.name.optional(),
    stay_cap_minor: minor.nullable().optional(),
    month_cap_minor: minor.nullable().optional(),
    is_active: z.boolean().optional(),
  }),
  z.object({ verb: z.literal("merchant-token"), ...wish, merchant_id: id }),
  z.object({ verb: z.literal("account-list"), search: z.string().max(64) }),
  z.object({ verb: z.literal("account-open"), ...wish, account_id: id, ...accountTerms }),
  z.object({
    verb: z.literal("account-change"),
    ...wish,
    account_id: id,
    holder: accountTerms.holder.optional(),
    plates: z.array(writtenPlate).max(20).optional(),
    floor_limit_minor: minor.optional(),
    means: accountTerms.means,
    top_up: accountTerms.top_up,
    is_active: z.boolean().optional(),
  }),
  z.object({ verb: z.literal("account-statement"), account_id: id }),
  z.object({
    verb: z.literal("account-top-up"),
    ...wish,
    account_id: id,
    amount_minor: amount,
    from: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("till"), till_id: id }),
      z.object({ kind: z.literal("terminal"), terminal_id: id }),
      z.object({ kind: z.literal("means") }),
    ]),
  }),
  z.object({
    verb: z.literal("account-close"),
    ...wish,
    account_id: id,
    till_id: id.nullable(),
  }),
  z.object({ verb: z.literal("subscription-list") }),
  z.object({ verb: z.literal("subscription-add"), ...SubscriptionRequest.shape, actor: id }),
  z.object({
    verb: z.literal("subscription-act"),
    ...wish,
    subscription_id: id,
    act: z.enum(subscriptionActs),
  }),
] as const;
