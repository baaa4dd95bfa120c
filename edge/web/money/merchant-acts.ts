import type { MerchantRequest, MerchantView } from "@gatehouse/shared/contracts/accounts";
import { minorOf } from "./amounts.ts";

export type MerchantAct = "add" | "change" | "token" | "end" | "begin";

/** The lines of a merchant's form; amounts as people write them, empty: no limit. */
export const merchantFields = ["name", "stayCap", "monthCap", "reason"] as const;
type MerchantForm = Readonly<Record<(typeof merchantFields)[number], string>>;

/** What a supervisor can do with a merchant. */
export const actsForMerchant = ({ is_active: isActive }: MerchantView): MerchantAct[] =>
  isActive ? ["change", "token", "end"] : ["change", "begin"];

/** What is to be kept, or what is missing for it. */
export function wishOf(
  act: MerchantAct,
  known: MerchantView | undefined,
  all: readonly MerchantView[],
  form: MerchantForm,
): Omit<MerchantRequest, "request_id"> | "name" | "limit" | "reason" {
  const [stay, month] = [limitOf(form.stayCap), limitOf(form.monthCap)];
  const name = form.name.trim();
  if (name === "") return "name";
  if (stay === undefined || month === undefined) return "limit";
  const reason = form.reason.trim();
  if (reason === "") return "reason";
  const isWritten = act === "add" || act === "change";
  return {
    merchant_id: known?.merchant_id ?? idFor(name, all),
    name: isWritten ? name : (known?.name ?? name),
    stay_cap_minor: isWritten ? stay : (known?.stay_cap_minor ?? null),
    month_cap_minor: isWritten ? month : (known?.month_cap_minor ?? null),
    is_active: act === "end" ? false : act === "begin" ? true : (known?.is_active ?? true),
    new_token: act === "token",
    reason,
  };
}

/** A short name for addresses: no other merchant has it. */
function idFor(name: string, all: readonly MerchantView[]): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 40);
  const taken = new Set(all.map(({ merchant_id: id }) => id));
  const first = plain === "" ? "merchant" : plain;
  let id = first;
  for (let number = 2; taken.has(id); number += 1) id = `${first}-${number}`;
  return id;
}

/** @returns null: no limit; undefined: it is no amount */
const limitOf = (text: string): number | null | undefined =>
  text.trim() === "" ? null : minorOf(text);
