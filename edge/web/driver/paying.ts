import {
  DriverDue,
  DriverOffer,
  DriverPage,
  DriverPayment,
} from "@gatehouse/shared/contracts/driver-pay";
import { signal } from "@preact/signals";
import { ask, type Told } from "../../../shared/web/ask.ts";
import { keptPress, keepPress } from "./kept-press.ts";
import { whoseOf } from "./whose.ts";

/** Where the driver is. */
export const page = signal<Told<DriverPage> | undefined>(undefined);
/** The plate or ticket as it was typed, and what is owed under it. */
export const written = signal("");
export const due = signal<Told<DriverDue> | undefined>(undefined);
/** What became of a payment that this phone began. */
export const payment = signal<Told<DriverPayment> | undefined>(undefined);
/** Why the gateway's page could not be opened. */
export const trouble = signal<Told<DriverOffer> | undefined>(undefined);
/** Why a shop's code was not taken. */
export const codeTrouble = signal<Told<DriverDue> | undefined>(undefined);
export const isAsking = signal(false);
/** When `due` or `payment` was told, in this page's time (`performance.now()`). */
export const toldMs = signal(0);

const waitEveryMs = 3000;

/** Learns where it is, what became of a payment that was begun, and whose stay the address names. */
export async function begin(): Promise<void> {
  const [named = ""] = /(?<=^#)[\dA-Z]{1,20}$/i.exec(location.hash) ?? [];
  if (named !== "") {
    written.value = named;
    history.replaceState(null, "", location.pathname);
  }
  page.value = await ask("GET", "/api/pay", DriverPage);
  if (keptPress() !== undefined) return lookAtPayment();
  if (named !== "") await look();
}

/** Asks what is owed under what was typed. */
export async function look(): Promise<void> {
  const wanted = written.value;
  isAsking.value = true;
  const told = await ask("POST", "/api/pay/due", DriverDue, whoseOf(wanted));
  isAsking.value = false;
  // Somebody has typed on meanwhile.
  if (written.value !== wanted) return;
  due.value = told;
  toldMs.value = performance.now();
}

/** A shop's code: what is owed afterwards. @returns whether it was taken */
export async function takeCode(code: string): Promise<boolean> {
  isAsking.value = true;
  const request = { ...whoseOf(written.value), code };
  const told = await ask("POST", "/api/pay/code", DriverDue, request);
  isAsking.value = false;
  codeTrouble.value = told;
  if (told.kind !== "ok") return false;
  due.value = told;
  toldMs.value = performance.now();
  return true;
}

/** Goes to the gateway's page. Pressed again after no answer it is the same payment. */
export async function pay(gateway: string): Promise<void> {
  const whose = written.value;
  const known = keptPress();
  const isSame = known?.written === whose && known.gateway === gateway && !known.isAnswered;
  const requestId = isSame ? known.requestId : crypto.randomUUID();
  const press = { requestId, written: whose, gateway };
  keepPress({ ...press, isAnswered: false });
  isAsking.value = true;
  const request = { ...whoseOf(whose), request_id: requestId, gateway };
  const told = await ask("POST", "/api/pay/offer", DriverOffer, request);
  isAsking.value = false;
  trouble.value = told;
  if (told.kind === "ok") {
    keepPress({ ...press, isAnswered: true });
    location.assign(told.value.url);
  } else if (told.kind === "refused" && told.problem.type !== "gateway-away") {
    keepPress(undefined);
    await look();
  }
}

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Asks what became of the payment that was begun, and again until that is known. */
async function lookAtPayment(): Promise<void> {
  clearTimeout(waiting);
  const press = keptPress();
  if (press === undefined) return;
  written.value = press.written;
  const told = await ask("GET", `/api/pay/payments/${press.requestId}`, DriverPayment);
  if (keptPress()?.requestId !== press.requestId) return;
  if (told.kind === "refused" && told.problem.status === 404) {
    keepPress(undefined);
    return look();
  }
  payment.value = told;
  toldMs.value = performance.now();
  const isOpen = told.kind !== "ok" || told.value.state === "waiting";
  if (isOpen) waiting = setTimeout(() => void lookAtPayment(), waitEveryMs);
}

/** Shows what is owed now; a payment that is still open is gone on with by the next press. */
export async function backToStay(): Promise<void> {
  clearTimeout(waiting);
  const press = keptPress();
  const isOpen = payment.value?.kind === "ok" && payment.value.value.url !== null;
  keepPress(isOpen && press !== undefined ? { ...press, isAnswered: false } : undefined);
  payment.value = undefined;
  trouble.value = undefined;
  await look();
}

/** Another vehicle. */
export function startAgain(): void {
  clearTimeout(waiting);
  keepPress(undefined);
  payment.value = undefined;
  [trouble.value, codeTrouble.value] = [undefined, undefined];
  due.value = undefined;
  written.value = "";
}
