import type { MerchantRequest } from "@gatehouse/shared/contracts/accounts";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import { type Desk, isRefusal, type Refusal, refusal } from "../flows/desk.ts";
import { counted, exitCodes, healthy, refused } from "./control-outcome.ts";

export type AccountRequests = Extract<
  ControlRequest,
  { verb: `merchant-${string}` | `account-${string}` | `subscription-${string}` }
>;
type Asked<Verb extends AccountRequests["verb"]> = Extract<AccountRequests, { verb: Verb }>;
type Desks = Pick<Desk, "accounts" | "money">;

/** `gatehouse merchant …`, `account …`, `subscription …`. */
export async function accountAnswer(
  { accounts, money }: Desks,
  request: AccountRequests,
): Promise<ControlAnswer> {
  switch (request.verb) {
    case "merchant-list": {
      const data = accounts.merchants();
      return healthy(counted(data.merchants.length, "merchant"), data);
    }
    case "merchant-add":
      return merchantAdded(accounts, request);
    case "merchant-change":
      return merchantChanged(accounts, request);
    case "merchant-token":
      return merchantChanged(accounts, { ...request, new_token: true });
    case "account-list": {
      const data = accounts.accounts(request.search);
      return healthy(counted(data.accounts.length, "account"), data);
    }
    case "account-open":
      return accountOpened(accounts, request);
    case "account-change":
      return accountChanged(accounts, request);
    case "account-statement": {
      const data = accounts.statement(request.account_id);
      if (isRefusal(data)) return acted(data, "account");
      const { holder } = data.account;
      return healthy(`${holder}: ${counted(data.lines.length, "movement")}`, data);
    }
    case "account-top-up":
      return acted(await toppedUp({ accounts, money }, request), "account");
    case "account-close": {
      const { account_id: id } = request;
      return acted(await accounts.closeAccount(id, request, actorOf(request)), "account");
    }
    case "subscription-list": {
      const data = accounts.subscriptions();
      const due = data.subscriptions.filter(({ state }) => state === "past-due").length;
      const all = counted(data.subscriptions.length, "subscription");
      return due === 0
        ? healthy(all, data)
        : { exit_code: exitCodes.attention, verdict: `${due} of ${all} are not paid.`, data };
    }
    case "subscription-add":
      return acted(await accounts.keepSubscription(request, actorOf(request)), "subscription");
    case "subscription-act": {
      const { subscription_id: id } = request;
      return acted(await accounts.actOnSubscription(id, request, actorOf(request)), "subscription");
    }
  }
}

async function merchantAdded(
  accounts: Desk["accounts"],
  request: Asked<"merchant-add">,
): Promise<ControlAnswer> {
  const { merchant_id: id } = request;
  if (merchantOf(accounts, id) !== undefined)
    return acted(refusal("known-merchant", `There is a merchant ${id} already.`), "merchant");
  const added = { ...request, is_active: true, new_token: false };
  return acted(await accounts.keepMerchant(added, actorOf(request)), "merchant");
}

/** What is not said stays as it was. */
async function merchantChanged(
  accounts: Desk["accounts"],
  request: Omit<Asked<"merchant-change">, "verb"> & Partial<Pick<MerchantRequest, "new_token">>,
): Promise<ControlAnswer> {
  const known = merchantOf(accounts, request.merchant_id);
  if (known === undefined)
    return acted(refusal("no-such-merchant", "There is no such merchant."), "merchant");
  const { name, stay_cap_minor: stay, month_cap_minor: month, is_active: isActive } = request;
  const changed: MerchantRequest = {
    request_id: request.request_id,
    reason: request.reason,
    merchant_id: known.merchant_id,
    name: name ?? known.name,
    stay_cap_minor: stay === undefined ? known.stay_cap_minor : stay,
    month_cap_minor: month === undefined ? known.month_cap_minor : month,
    is_active: isActive ?? known.is_active,
    new_token: request.new_token ?? false,
  };
  return acted(await accounts.keepMerchant(changed, actorOf(request)), "merchant");
}

async function accountOpened(
  accounts: Desk["accounts"],
  request: Asked<"account-open">,
): Promise<ControlAnswer> {
  const { account_id: id } = request;
  if (!isRefusal(accounts.statement(id)))
    return acted(refusal("known-account", `There is an account ${id} already.`), "account");
  return acted(
    await accounts.keepAccount({ ...request, is_active: true }, actorOf(request)),
    "account",
  );
}

/** What is not said stays as it was. */
async function accountChanged(
  accounts: Desk["accounts"],
  request: Asked<"account-change">,
): Promise<ControlAnswer> {
  const known = accounts.statement(request.account_id);
  if (isRefusal(known)) return acted(known, "account");
  const { holder, plates, is_active, floor_limit_minor } = known.account;
  const { means, top_up } = request;
  const changed = {
    request_id: request.request_id,
    reason: request.reason,
    account_id: request.account_id,
    holder: request.holder ?? holder,
    plates: request.plates ?? plates,
    is_active: request.is_active ?? is_active,
    floor_limit_minor: request.floor_limit_minor ?? floor_limit_minor,
    ...(means === undefined ? {} : { means }),
    ...(top_up === undefined ? {} : { top_up }),
  };
  return acted(await accounts.keepAccount(changed, actorOf(request)), "account");
}

/** In cash into a till, by card at a terminal, or from the means on file. */
function toppedUp(
  { accounts, money }: Desks,
  { request_id, reason, account_id: id, amount_minor, from, ...who }: Asked<"account-top-up">,
): ReturnType<Desk["money"]["cash"]> {
  const actor = actorOf(who);
  const payable = { request_id, purpose: "top-up", subject_id: id, amount_minor } as const;
  switch (from.kind) {
    case "till": {
      const { till_id } = from;
      const cash = { ...payable, till_id, tendered_minor: amount_minor, partial: false };
      return money.cash(cash, actor);
    }
    case "terminal":
      return money.card({ ...payable, terminal_id: from.terminal_id }, actor);
    case "means":
      return accounts.loadAccount(id, { request_id, reason, amount_minor }, actor);
  }
}

const merchantOf = (accounts: Desk["accounts"], id: string) =>
  accounts.merchants().merchants.find(({ merchant_id }) => merchant_id === id);

const actorOf = ({ actor }: { readonly actor: string }): Actor => ({
  kind: "technician",
  id: actor,
});

type Thing = "merchant" | "account" | "subscription";

function acted(answer: { readonly sentence: string } | Refusal, thing: Thing): ControlAnswer {
  if (!isRefusal(answer)) return healthy(answer.sentence, answer);
  const hint = hints[answer.reason] ?? `Look at it: npx gatehouse ${thing} list`;
  return refused(exitCodes.refused, answer.sentence, answer.reason, hint);
}

const hints: Readonly<Record<string, string>> = {
  "known-merchant": "Change it: npx gatehouse merchant change",
  "known-account": "Change it: npx gatehouse account change",
  "no-open-shift": "Who works there opens a shift on the kiosk page first.",
  "shift-of-another": "Cash goes into the drawer of who has its shift: --actor names them.",
  "unknown-permit": "See which permits a plate has: npx gatehouse access permit <plate>",
  "no-means":
    "Give it one: npx gatehouse account change <account> --gateway … --customer … --means …",
};
