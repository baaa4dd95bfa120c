import type { AccountRequest, AccountView } from "@gatehouse/shared/contracts/accounts";
import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { Told } from "../../../shared/web/ask.ts";
import { closeAccount, keepAccount, loadAccount } from "./accounts-api.ts";
import { fieldText, minorOf } from "./amounts.ts";
import { payCash } from "./money-api.ts";

export const accountActs = ["load", "charge", "change", "block", "unblock", "close"] as const;
export type AccountAct = (typeof accountActs)[number] | "open";

/** What this person can do with an account now; the daemon may still refuse, and says why. */
export function actsFor(account: AccountView, me: Me): AccountAct[] {
  if (me.role === "technician") return [];
  const load = account.is_active ? (["load"] as const) : [];
  if (me.role !== "supervisor") return [...load];
  const hasMeans = account.is_active && account.gateway !== null;
  return [
    ...load,
    ...(hasMeans ? (["charge"] as const) : []),
    "change",
    account.is_active ? "block" : "unblock",
    "close",
  ];
}

/** The lines of an account's form; amounts as people write them, `payOut` one of `payOuts`. */
export const accountFields = [
  "holder",
  "plates",
  "amount",
  "floorLimit",
  "loadBelow",
  "loadBy",
  "payOut",
  "reason",
] as const;
export type AccountForm = Readonly<Record<(typeof accountFields)[number], string>>;

/** How what is left on an account goes to its holder. */
export const payOuts = ["till", "transfer"] as const;

/** An account as its form begins. */
export const formOf = (account: AccountView): Partial<AccountForm> => ({
  holder: account.holder,
  plates: account.plates.join(", "),
  floorLimit: account.floor_limit_minor === 0 ? "" : fieldText(account.floor_limit_minor),
  loadBelow: account.top_up === null ? "" : fieldText(account.top_up.below_minor),
  loadBy: account.top_up === null ? "" : fieldText(account.top_up.load_minor),
  payOut: "till",
});

/** Plates as people write several: parted by commas, semicolons or lines. */
export const platesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((plate) => plate.trim())
    .filter((plate) => plate !== "");

/** What is to be kept of an account; undefined where an amount is none. */
export function termsIn(
  form: AccountForm,
): Pick<AccountRequest, "holder" | "plates" | "floor_limit_minor" | "top_up"> | undefined {
  const [floor, below, by] = [form.floorLimit, form.loadBelow, form.loadBy].map((text) =>
    text.trim() === "" ? 0 : minorOf(text),
  );
  if (floor === undefined || below === undefined || by === undefined) return undefined;
  if ((below === 0) !== (by === 0)) return undefined;
  return {
    holder: form.holder.trim(),
    plates: platesIn(form.plates),
    floor_limit_minor: floor,
    top_up: below === 0 ? null : { below_minor: below, load_minor: by },
  };
}

/** @param tillId the open drawer of who presses */
export function carryOutOn(
  act: AccountAct,
  account: Pick<AccountView, "account_id" | "is_active">,
  form: AccountForm,
  requestId: string,
  tillId: string | undefined,
): Promise<Told<{ readonly sentence: string }>> {
  const { account_id: accountId } = account;
  const press = { request_id: requestId, reason: form.reason.trim() };
  const amount = minorOf(form.amount) ?? 0;
  switch (act) {
    case "load":
      return payCash({
        request_id: requestId,
        purpose: "top-up",
        subject_id: accountId,
        till_id: tillId ?? "",
        tendered_minor: amount,
        amount_minor: amount,
        partial: false,
      });
    case "charge":
      return loadAccount(accountId, { ...press, amount_minor: amount });
    case "close":
      return closeAccount(accountId, {
        ...press,
        till_id: form.payOut === "transfer" ? null : (tillId ?? ""),
      });
    case "open":
    case "change":
    case "block":
    case "unblock": {
      const terms = termsIn(form);
      if (terms === undefined) throw new RangeError("an account is kept whole");
      const isActive = act === "change" ? account.is_active : act !== "block";
      return keepAccount({ ...press, ...terms, account_id: accountId, is_active: isActive });
    }
  }
}
