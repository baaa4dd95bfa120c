import {
  AccountClosed,
  MerchantAnswer,
  StatementData,
  SubscriptionsData,
  type AccountCloseRequest,
  type AccountLoadRequest,
  type AccountRequest,
  type MerchantRequest,
  type SubscriptionActRequest,
  type SubscriptionRequest,
} from "@gatehouse/shared/contracts/accounts";
import { KeptAnswer, MoneyAnswer } from "@gatehouse/shared/contracts/money";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Merchants, accounts of stored value and renewals, as supervisors keep them. */
const at = (...parts: readonly string[]): string =>
  ["/api/money", ...parts.map((part) => encodeURIComponent(part))].join("/");

export const askStatement = (accountId: string): Promise<Told<StatementData>> =>
  ask("GET", at("accounts", accountId, "statement"), StatementData);
export const keepAccount = (request: AccountRequest): Promise<Told<KeptAnswer>> =>
  ask("POST", at("accounts"), KeptAnswer, request);
export const closeAccount = (
  accountId: string,
  request: AccountCloseRequest,
): Promise<Told<AccountClosed>> =>
  ask("POST", at("accounts", accountId, "close"), AccountClosed, request);
/** From its means on file. */
export const loadAccount = (
  accountId: string,
  request: AccountLoadRequest,
): Promise<Told<MoneyAnswer>> =>
  ask("POST", at("accounts", accountId, "load"), MoneyAnswer, request);

export const keepMerchant = (request: MerchantRequest): Promise<Told<MerchantAnswer>> =>
  ask("POST", at("merchants"), MerchantAnswer, request);

export const askSubscriptions = (): Promise<Told<SubscriptionsData>> =>
  ask("GET", at("subscriptions"), SubscriptionsData);
export const keepSubscription = (request: SubscriptionRequest): Promise<Told<KeptAnswer>> =>
  ask("POST", at("subscriptions"), KeptAnswer, request);
export const actOnSubscription = (
  subscriptionId: string,
  request: SubscriptionActRequest,
): Promise<Told<KeptAnswer>> =>
  ask("POST", at("subscriptions", subscriptionId, "act"), KeptAnswer, request);
