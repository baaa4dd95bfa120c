import { Fault } from "@gatehouse/shared/fault";
import { textOf } from "./xml-text.ts";
import type { SignedAnswer } from "../wire/signed-http.ts";

/** ISAPI: OK. Others, for example 4 "not supported" or 3 "device error", mean that nothing was done. */
const isapiDone = 1;
const shownBytes = 120;

/**
 * What a camera's answer to a command comes to. Only a plain yes is one: a page of text, half an answer or an
 * empty one proves nothing.
 *
 * @throws Fault `wire-exception` when it says no, `wire-noise` when nobody can read it
 */
export function requireDone(kind: "isapi" | "cgi", where: string, answer: SignedAnswer): void {
  const text = answer.body.toString("utf8").trim();
  const said = kind === "isapi" ? isapiSays(text) : cgiSays(text);
  const isGoodStatus = answer.status >= 200 && answer.status < 300;
  if (said === "yes" && isGoodStatus) return;
  if (said !== undefined && said !== "yes") throw refusal(where, said.no);
  if (!isGoodStatus) throw refusal(where, `HTTP ${answer.status} ${shown(text)}`.trim());
  throw new Fault("wire-noise", `${where}: no answer to a command: "${shown(text)}"`);
}

/** @throws Fault `wire-exception` for any status but 2xx */
export function requireGood(where: string, { status }: SignedAnswer): void {
  if (status < 200 || status >= 300) throw refusal(where, `HTTP ${status}`);
}

type Said = "yes" | { readonly no: string } | undefined;

/** A ResponseStatus (ISAPI 2.0), as XML with any prefix or as JSON. */
function isapiSays(text: string): Said {
  const field = text.startsWith("{") ? jsonField(text) : (name: string) => textOf(text, name);
  const code = field("statusCode");
  if (code === undefined || !/^\d{1,6}$/.test(code)) return undefined;
  if (Number(code) === isapiDone) return "yes";
  const words = [field("statusString"), field("subStatusCode")].filter(
    (word) => word !== undefined,
  );
  return { no: `status ${code}${words.length > 0 ? `, ${words.join(", ")}` : ""}` };
}

function cgiSays(text: string): Said {
  if (/^ok$/i.test(text)) return "yes";
  return /^error\b/i.test(text) ? { no: shown(text) } : undefined;
}

function jsonField(text: string): (name: string) => string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return (name) => {
    const member: unknown = Object(value)[name];
    return typeof member === "string" || typeof member === "number" ? String(member) : undefined;
  };
}

const refusal = (where: string, why: string): Fault =>
  new Fault("wire-exception", `${where} refuses: ${why}`);

const shown = (text: string): string => text.slice(0, shownBytes).replaceAll(/\s+/g, " ");
