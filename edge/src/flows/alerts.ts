import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import { findAlert, findOpenAlert, insertAlert, saveAlert } from "../store/alerts.ts";
import type { Tx } from "../store/book.ts";

/** A camera whose words about spaces were wrong too often when people looked. */
export const lowAccuracy = "camera-accuracy-low";
/** A vehicle was let in before a read named its denied plate; its session is the subject. */
export const deniedInside = "deny-listed-vehicle-inside";
/** What was paid too much; the session, violation or subscription that it was paid for is the subject. */
export const moneyToReturn = "money-to-return";

export interface NewAlert {
  readonly type: string;
  /** What it is about: a lane, a space, a session, a device. */
  readonly subject: string;
  readonly severity: "info" | "warning" | "critical";
  readonly details?: Readonly<Record<string, unknown>>;
  /** Missing: it gets a new one. */
  readonly alertId?: string;
  /** The camera that saw it, and its track of the vehicle. */
  readonly cameraId?: string;
  readonly trackId?: number;
}

/** Raises an alert unless one of the same type and subject is open. */
export function raiseAlert(tx: Tx, random: Random, at: Instant, alert: NewAlert): void {
  if (findOpenAlert(tx, alert.type, alert.subject) !== undefined) return;
  const alertId = alert.alertId ?? random.id();
  const details = { ...alert.details };
  insertAlert(tx, {
    alertId,
    cameraId: alert.cameraId ?? null,
    trackId: alert.trackId === undefined ? null : String(alert.trackId),
    alertType: alert.type,
    subject: alert.subject,
    severity: alert.severity,
    timestamp: at,
    details,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolved: false,
    resolvedAt: null,
  });
  tx.append(at, {
    type: "alert-raised",
    body: {
      alert_id: alertId,
      alert_type: alert.type,
      subject: alert.subject,
      severity: alert.severity,
      details,
    },
  });
}

/**
 * Somebody has seen the alert and looks after it; it stays open until it is resolved. The first to say so counts.
 *
 * @returns false when there is no such open alert
 */
export function acknowledgeAlert(tx: Tx, at: Instant, alertId: string, by: Actor): boolean {
  const alert = findAlert(tx, alertId);
  if (alert === undefined || alert.resolved) return false;
  if (alert.acknowledgedAt !== null) return true;
  saveAlert(tx, { ...alert, acknowledgedAt: at, acknowledgedBy: by.id ?? by.kind });
  tx.append(at, { type: "alert-acknowledged", body: { alert_id: alertId, by } });
  return true;
}

/** @returns false when there is no such open alert */
export function resolveAlert(tx: Tx, at: Instant, alertId: string, by: Actor): boolean {
  const alert = findAlert(tx, alertId);
  if (alert === undefined || alert.resolved) return false;
  saveAlert(tx, { ...alert, resolved: true, resolvedAt: at });
  tx.append(at, { type: "alert-resolved", body: { alert_id: alertId, by } });
  return true;
}

/** Ends the open alert about something that is well again, if there is one. */
export function clearAlert(tx: Tx, at: Instant, type: string, subject: string): void {
  const open = findOpenAlert(tx, type, subject);
  if (open !== undefined) resolveAlert(tx, at, open.alertId, { kind: "system" });
}
