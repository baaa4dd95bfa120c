import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { check } from "@gatehouse/shared/check";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { billingOf, creditedOf } from "../domain/money/billing.ts";
import { type Quote, quoteHoldOf, quoteStay } from "../domain/quote.ts";
import type { Reader, Tx } from "../store/book.ts";
import { findTariff } from "../store/rights.ts";
import { saveSession, type Session } from "../store/sessions.ts";
import type { SessionDeps } from "./sessions.ts";
import { earlierStays, spaceTypeOf } from "./stay-history.ts";
import type { SteadyTime } from "./steady-time.ts";

/** What the driver owes at this moment. */
export function quoteSession(
  reader: Reader,
  deps: Pick<SessionDeps, "calendar"> & { readonly steady: Pick<SteadyTime, "now"> },
  session: Session,
): Quote {
  const tariff = tariffOf(reader, session);
  return quoteStay({
    tariff,
    zone: deps.calendar,
    vehicleClass: session.vehicleClass as VehicleClass,
    spaceType: spaceTypeOf(reader, session),
    history: earlierStays(reader, tariff, session),
    entry: session.entryTime as Instant,
    entrySteady: session.entrySteady,
    nowSteady: Math.max(session.entrySteady, deps.steady.now()),
    paid: creditedOf(session),
    hasPermit: session.permitId !== null,
    ...(session.quotedTotal === null || session.quoteUntilSteady === null
      ? {}
      : { given: { total: session.quotedTotal, untilSteady: session.quoteUntilSteady } }),
    graceUntilSteady: session.graceUntilSteady ?? undefined,
    isLost: session.sessionMetadata["lost_ticket"] === "flat",
  });
}

/** The version of the tariff that was in force when the session began. */
export function tariffOf(reader: Reader, session: Session): Tariff {
  const tariff = findTariff(reader, session.tariffId, session.tariffVersion);
  check(
    tariff !== undefined,
    `a session's tariff is kept for ever: ${session.tariffId} v${session.tariffVersion}`,
  );
  return tariff;
}

/** Writes the quote that is being shown to the driver; it is honoured as long as its tariff says. */
export function giveQuote(
  tx: Tx,
  deps: SessionDeps,
  laneId: string,
  session: Session,
  quote: Quote,
  at: Instant,
  currency: string,
): Session {
  const { allowed } = billingOf(session);
  const heldFor = quoteHoldOf(tariffOf(tx, session));
  const quoted: Session = {
    ...session,
    quotedDue: quote.due,
    quotedTotal: quote.total,
    quoteUntilSteady: Math.round(deps.steady.now() + heldFor),
    paymentStatus: "due",
  };
  saveSession(tx, quoted);
  tx.append(at, {
    type: "session-quoted",
    body: {
      session_id: session.sessionId,
      lane_id: laneId,
      duration_s: Math.round(quote.stay / 1000),
      due_minor: quote.due,
      total_minor: Math.max(0, quote.total - allowed),
      currency,
      honoured_until: isoOf((at + heldFor) as Instant),
    },
  });
  return quoted;
}
