import type { Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Grant } from "../domain/access.ts";
import type { Tx } from "../store/book.ts";
import { reservedSpace } from "../store/access.ts";
import { tariffInForce } from "../store/rights.ts";
import { insertSession, type Session } from "../store/sessions.ts";
import type { LaneDeps } from "./lane-deps.ts";

export interface Newcomer {
  /** Normalised; "" when nobody could read one. */
  readonly plate: string;
  readonly rawPlate: string;
  readonly vehicleClass: VehicleClass;
  /** As its camera told it. */
  readonly vehicleColour?: string | undefined;
  /** The right under which it comes in; undefined: none, it pays as everybody does. */
  readonly grant?: Grant | undefined;
}

/**
 * Writes a new session: `pending` until its vehicle has been seen passing the entry, or, for a vehicle that
 * stands at an exit without one, `open` from now.
 *
 * @param known what else the session's own notes say from its beginning
 */
export function admit(
  tx: Tx,
  { random, steady, lane }: Pick<LaneDeps, "random" | "steady" | "lane">,
  now: Instant,
  { plate, rawPlate, vehicleClass, vehicleColour, grant }: Newcomer,
  status: "pending" | "open",
  known: Readonly<Record<string, unknown>> = {},
): Session {
  const tariff = tariffInForce(tx, now);
  const flags = grant?.flags ?? [];
  const reservation = grant?.kind === "reservation" ? { reservation_id: grant.id } : {};
  const kept = grant?.kind === "reservation" ? reservedSpace(tx, grant.id) : undefined;
  const session: Session = {
    sessionId: random.id(),
    spaceId: null,
    vehicleLicense: plate === "" ? null : plate,
    rawPlate,
    vehicleClass,
    entryTime: now,
    exitTime: null,
    status,
    totalAmount: 0,
    paidAmount: 0,
    paymentStatus: "none",
    sessionMetadata: {
      ...(status === "open" ? { orphan_exit: true } : {}),
      ...reservation,
      ...(vehicleColour === undefined ? {} : { vehicle_colour: vehicleColour }),
      ...known,
      ...(flags.length === 0 ? {} : { access_flags: flags }),
    },
    entryLane: lane.id,
    exitLane: null,
    entrySteady: Math.round(steady.now()),
    tariffId: tariff?.tariff_id ?? "default",
    tariffVersion: tariff?.version ?? 1,
    permitId: permitOf(grant) ?? null,
    quotedDue: null,
    quotedTotal: null,
    quoteUntilSteady: null,
    graceUntilSteady: null,
    billing: { shares: [], allowed: 0 },
  };
  insertSession(tx, session);
  tx.append(now, {
    type: "session-pending",
    body: {
      session_id: session.sessionId,
      lane_id: lane.id,
      plate,
      raw_plate: rawPlate,
      vehicle_class: vehicleClass,
      tariff_id: session.tariffId,
      tariff_version: session.tariffVersion,
      permit_id: session.permitId,
      ...reservation,
      ...(kept === undefined ? {} : { assigned_space_id: kept }),
      steady_ms: session.entrySteady,
    },
  });
  for (const flag of flags) {
    tx.append(now, {
      type: "session-flagged",
      body: { session_id: session.sessionId, flag },
    });
  }
  return session;
}

/** The right for whose sake a stay costs nothing: a permit's, a visitor's. */
export const permitOf = (grant: Grant | undefined): string | undefined =>
  grant?.kind === "permit" || grant?.kind === "visitor" ? grant.id : undefined;

/** The colour that the camera at its entry told. */
export function colourOf({ sessionMetadata }: Session): string | undefined {
  const colour = sessionMetadata["vehicle_colour"];
  return typeof colour === "string" ? colour : undefined;
}

/** A vehicle with a lost ticket owes something, although its entry was not found. */
export const isLost = (session: Session): boolean =>
  session.sessionMetadata["lost_ticket"] !== undefined;

/** A session made at an exit, for a vehicle whose entry nobody knows of. */
export const isOrphan = (session: Session): boolean =>
  session.sessionMetadata["orphan_exit"] === true;
