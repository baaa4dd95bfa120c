import {
  CodeAnswer,
  MerchantPage,
  type MerchantValidationRequest,
  ValidationAnswer,
} from "@gatehouse/shared/contracts/validations";
import { signal } from "@preact/signals";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Whose page it is; told by the token, which came behind the # of the address and stays in this browser. */
export const merchant = signal<Told<MerchantPage> | undefined>(undefined);
/** What came of the last press. */
export const answer = signal<Told<ValidationAnswer> | undefined>(undefined);
export const isGiving = signal(false);

export type Gift = Pick<MerchantValidationRequest, "kind" | "value">;

const merchantId = location.pathname.split("/").at(-1) ?? "";
const tokenKey = `gatehouse-merchant-${merchantId}`;

/** Asks whose page this is. A token in the address is kept, and taken out of what others may see of the address. */
export async function findMerchant(): Promise<void> {
  const told = location.hash.slice(1);
  if (told !== "") {
    localStorage.setItem(tokenKey, told);
    history.replaceState(null, "", location.pathname);
  }
  merchant.value = await ask("GET", "/api/validate", MerchantPage, undefined, bearer());
}

let press: { readonly what: string; readonly requestId: string } | undefined;

/** Gives something to the vehicle with this plate or ticket. Pressed again after no answer it is the same gift. */
export async function give(plateOrTicket: string, gift: Gift): Promise<boolean> {
  const written = plateOrTicket.trim();
  const what = JSON.stringify([written, gift]);
  if (press?.what !== what) press = { what, requestId: crypto.randomUUID() };
  isGiving.value = true;
  const about = isTicket(written) ? { ticket: written } : { plate: written };
  const request = { request_id: press.requestId, ...gift, ...about };
  answer.value = await ask("POST", "/api/validate", ValidationAnswer, request, bearer());
  isGiving.value = false;
  const isGiven = answer.value.kind === "ok";
  if (isGiven) press = undefined;
  return isGiven;
}

/** A code that was made, for the guest to take along. */
export const made = signal<Told<CodeAnswer> | undefined>(undefined);

/** Makes a code for a guest whose vehicle nobody here knows. Pressed again after no answer it is the same code. */
export async function makeCode(gift: Gift): Promise<void> {
  const what = JSON.stringify(["code", gift]);
  if (press?.what !== what) press = { what, requestId: crypto.randomUUID() };
  isGiving.value = true;
  const request = { request_id: press.requestId, ...gift };
  made.value = await ask("POST", "/api/validate/code", CodeAnswer, request, bearer());
  isGiving.value = false;
  if (made.value.kind === "ok") press = undefined;
}

/** A ticket's number is of digits alone, and longer than any plate of digits. */
const isTicket = (written: string): boolean => /^\d{7,11}$/.test(written.replaceAll(/[\s-]/g, ""));

const bearer = (): Record<string, string> => ({
  authorization: `Bearer ${localStorage.getItem(tokenKey) ?? ""}`,
});
