import {
  AccountCloseRequest,
  AccountLoadRequest,
  AccountRequest,
  MerchantRequest,
  SubscriptionActRequest,
  SubscriptionRequest,
} from "@gatehouse/shared/contracts/accounts";
import { refuse } from "@gatehouse/shared/refusal";
import type { Desk } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { actorOf, type Handler, type KioskContext, loginOf } from "./kiosk-context.ts";
import { badQuestion } from "./problems.ts";

export type AccountRoute = Extract<
  RouteName,
  | `${string} /api/money/merchants`
  | `${string} /api/money/accounts${string}`
  | `${string} /api/money/subscriptions${string}`
>;

/** A part of a name or an id longer than this is none. */
const searchMost = 64;

const { asked, told } = askingWith({
  "no-such-account": 404,
  "no-such-subscription": 404,
  "unknown-permit": 404,
});

/** Merchants, accounts of stored value, permits that renew themselves: see shared/contracts/accounts. */
export function accountRoutes(desk: () => Desk["accounts"]): Record<AccountRoute, Handler> {
  return {
    "GET /api/money/merchants": (c) => c.json(desk().merchants()),
    "POST /api/money/merchants": (c) =>
      asked(c, MerchantRequest, (body) => desk().keepMerchant(body, personOf(c))),
    "GET /api/money/accounts": (c) => {
      const search = c.req.query("search") ?? "";
      return search.length > searchMost
        ? refuse(badQuestion("search"))
        : c.json(desk().accounts(search));
    },
    "POST /api/money/accounts": (c) =>
      asked(c, AccountRequest, (body) => desk().keepAccount(body, personOf(c))),
    "GET /api/money/accounts/:account_id/statement": (c) =>
      told(c, desk().statement(param(c, "account_id"))),
    "POST /api/money/accounts/:account_id/close": (c) =>
      asked(c, AccountCloseRequest, (body) =>
        desk().closeAccount(param(c, "account_id"), body, personOf(c)),
      ),
    "POST /api/money/accounts/:account_id/load": (c) =>
      asked(c, AccountLoadRequest, (body) =>
        desk().loadAccount(param(c, "account_id"), body, personOf(c)),
      ),
    "GET /api/money/subscriptions": (c) => c.json(desk().subscriptions()),
    "POST /api/money/subscriptions": (c) =>
      asked(c, SubscriptionRequest, (body) => desk().keepSubscription(body, personOf(c))),
    "POST /api/money/subscriptions/:subscription_id/act": (c) =>
      asked(c, SubscriptionActRequest, (body) =>
        desk().actOnSubscription(param(c, "subscription_id"), body, personOf(c)),
      ),
  };
}

const personOf = (context: KioskContext) => actorOf(loginOf(context));
const param = (context: KioskContext, name: string): string => context.req.param(name) ?? "";
