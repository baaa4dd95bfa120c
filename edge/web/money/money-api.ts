import { AccountsData, MerchantsData } from "@gatehouse/shared/contracts/accounts";
import {
  DebtsData,
  type DebtNoteRequest,
  type WriteOffRequest,
} from "@gatehouse/shared/contracts/debts";
import {
  DueView,
  KeptAnswer,
  MoneyAnswer,
  PaymentsData,
  type CashRequest,
  type ChangeOutRequest,
  type DecideRequest,
  type NilRequest,
  type ValueRequest,
} from "@gatehouse/shared/contracts/money";
import {
  RefundsData,
  type RefundRequest,
  type RefundWord,
} from "@gatehouse/shared/contracts/refunds";
import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Payments, refunds and debts, as the desk asks for them. */
const at = (...parts: readonly string[]): string =>
  ["/api/money", ...parts.map((part) => encodeURIComponent(part))].join("/");

const question = (path: string, name: string, text: string | undefined): string =>
  text === undefined || text === "" ? path : `${path}?${name}=${encodeURIComponent(text)}`;

export const askDue = (purpose: PaymentPurpose, subjectId: string): Promise<Told<DueView>> =>
  ask("GET", `${question(at("due"), "subject_id", subjectId)}&purpose=${purpose}`, DueView);
export const askPaymentsOf = (sessionId: string): Promise<Told<PaymentsData>> =>
  ask("GET", question(at("payments"), "session_id", sessionId), PaymentsData);
/** @param search a plate or a receipt's number; "": the latest of all */
export const askPayments = (search: string): Promise<Told<PaymentsData>> =>
  ask("GET", question(at("payments"), "search", search), PaymentsData);

const pay = (way: string, request: object): Promise<Told<MoneyAnswer>> =>
  ask("POST", at(way), MoneyAnswer, request);
export const payCash = (request: CashRequest) => pay("cash", request);
export const payNil = (request: NilRequest) => pay("nil", request);
export const payByValue = (request: ValueRequest) => pay("stored-value", request);
export const payChangeOut = (request: ChangeOutRequest) => pay("change-out", request);

export const noteDebt = (request: DebtNoteRequest): Promise<Told<KeptAnswer>> =>
  ask("POST", at("debt-note"), KeptAnswer, request);
export const askMerchants = (): Promise<Told<MerchantsData>> =>
  ask("GET", at("merchants"), MerchantsData);
/** @param search a part of a plate or of the holder's name */
export const askAccounts = (search: string): Promise<Told<AccountsData>> =>
  ask("GET", question(at("accounts"), "search", search), AccountsData);

export const decidePayment = (
  paymentId: string,
  request: DecideRequest,
): Promise<Told<MoneyAnswer>> =>
  ask("POST", at("payments", paymentId, "decide"), MoneyAnswer, request);

export const askRefunds = (): Promise<Told<RefundsData>> => ask("GET", at("refunds"), RefundsData);
export const refund = (request: RefundRequest): Promise<Told<MoneyAnswer>> =>
  ask("POST", at("refunds"), MoneyAnswer, request);
export const answerRefund = (refundId: string, word: RefundWord): Promise<Told<MoneyAnswer>> =>
  ask("POST", at("refunds", refundId), MoneyAnswer, word);

/** @param plate "": of all vehicles */
export const askDebts = (plate: string): Promise<Told<DebtsData>> =>
  ask("GET", question(at("debts"), "plate", plate), DebtsData);
export const writeOff = (sessionId: string, request: WriteOffRequest): Promise<Told<MoneyAnswer>> =>
  ask("POST", at("debts", sessionId, "write-off"), MoneyAnswer, request);
