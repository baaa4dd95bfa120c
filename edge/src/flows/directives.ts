import {
  Directive,
  type DirectivePage,
  type PaymentCallback,
} from "@gatehouse/shared/contracts/directive";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import type { Book, Tx } from "../store/book.ts";
import { holdRenewed } from "./money/renewal-writing.ts";
import { moveCursor, readCursor } from "../store/notes.ts";
import {
  keepListEntry,
  keepNotice,
  keepPermit,
  keepPool,
  keepReservation,
  keepTariff,
  keepVisitor,
} from "../store/rights.ts";
import { keepWorkOrder } from "./work-orders.ts";

export interface AppliedDirective {
  readonly number: number;
  readonly kind: string;
  readonly result: "applied" | "expired" | "not-understood";
  readonly detail?: string;
}

/**
 * Keeps what a payment gateway has told head office; told again it is the same.
 *
 * @returns why it is not believed
 * @throws Fault `disk-full`
 */
export type TakeCallback = (callback: PaymentCallback) => string | undefined;

/**
 * Applies a page of directives in the order of their numbers, each with the cursor in one transaction.
 * One that has expired is not carried out late; one that this edge does not understand is reported and passed
 * over, so it never blocks the rest. A hole in the numbers ends the page: the rest is asked for again.
 *
 * @param currency the facility's own: a tariff in another one is not understood
 * @throws Fault `disk-full`: the directives before are applied, this one and the rest are not
 */
export function applyDirectives(
  book: Book,
  page: DirectivePage,
  now: Instant,
  currency: string,
  takeCallback: TakeCallback = () => "body.gateway: this facility has no gateway",
): AppliedDirective[] {
  const applied: AppliedDirective[] = [];
  for (const raw of page.directives.toSorted((a, b) => a.number - b.number)) {
    const expected = readCursor(book, "directives") + 1;
    if (raw.number < expected) continue;
    if (raw.number > expected) break;
    const understood = understand(raw, now, currency);
    // In a transaction of its own: a callback that is kept twice is one event, one that is lost is money.
    const refused =
      "directive" in understood && understood.directive.kind === "payment-callback"
        ? takeCallback(understood.directive.body)
        : undefined;
    applied.push(
      book.write<AppliedDirective>((tx) => {
        const result =
          "directive" in understood ? carryOut(tx, understood.directive, now, refused) : understood;
        moveCursor(tx, "directives", raw.number);
        tx.append(now, { type: "directive-applied", body: result });
        return result;
      }, "plain"),
    );
  }
  return applied;
}

type Raw = DirectivePage["directives"][number];

/** A directive that can be carried out, or what becomes of it instead. */
function understand(
  raw: Raw,
  now: Instant,
  currency: string,
): { readonly directive: Directive } | AppliedDirective {
  const { number } = raw;
  const parsed = Directive.safeParse(raw);
  if (!parsed.success) {
    const [first] = complaintsOf(parsed.error);
    const detail = `${first?.path ?? ""}: ${first?.message ?? ""}`;
    return { number, kind: raw.kind, result: "not-understood", detail };
  }
  const directive = parsed.data;
  const expires = directive.expires_at === undefined ? undefined : instantOf(directive.expires_at);
  if (expires !== undefined && expires <= now)
    return { number, kind: directive.kind, result: "expired" };
  if (directive.kind === "tariff" && directive.body.currency !== currency) {
    const detail = `body.currency: this facility takes ${currency}`;
    return { number, kind: directive.kind, result: "not-understood", detail };
  }
  return { directive };
}

/** @param refused why it was not taken before */
function carryOut(
  tx: Tx,
  directive: Directive,
  now: Instant,
  refused: string | undefined,
): AppliedDirective {
  const { number, kind } = directive;
  const detail = refused ?? keep(tx, directive, now);
  if (detail !== undefined) return { number, kind, result: "not-understood", detail };
  return { number, kind, result: "applied" };
}

/** @returns why it could not be kept */
function keep(tx: Tx, directive: Directive, now: Instant): string | undefined {
  switch (directive.kind) {
    case "tariff":
      return keepTariff(tx, directive.body)
        ? undefined
        : "body.version: another tariff is kept under this version; send a new one";
    case "permit":
      keepPermit(tx, directive.body);
      holdRenewed(tx, directive.body.permit_id);
      return undefined;
    case "pool":
      keepPool(tx, directive.body);
      return undefined;
    case "list-entry":
      keepListEntry(tx, directive.body, now);
      return undefined;
    case "visitor":
      return keepVisitor(tx, directive.body, now)
        ? undefined
        : "body.visitor_id: the facility has a visitor of its own under this id";
    case "reservation":
      keepReservation(tx, directive.body);
      return undefined;
    case "notice":
      keepNotice(tx, directive.body, now);
      return undefined;
    case "work-order":
      return keepWorkOrder(tx, directive.body, now);
    case "payment-callback":
      // It is kept by then.
      return undefined;
  }
}
