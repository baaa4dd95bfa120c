import type { TrackingAlert } from "@gatehouse/shared/contracts/tracking-answers";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Alert } from "../../store/alerts.ts";
import type { Book } from "../../store/book.ts";
import { listOpenAlertsOf } from "../../store/tracking.ts";
import { clearAlert, raiseAlert } from "../alerts.ts";
import type { Counters } from "../counters.ts";
import type { TrackingWrites } from "./writes.ts";

export type AnomalyType = TrackingAlert["alert_type"];

export interface Anomaly {
  readonly type: AnomalyType;
  /** One alert is open for each type and subject. */
  readonly subject: string;
  readonly trackId: number;
  readonly at: Instant;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface CameraAlertsDeps {
  readonly book: Book;
  readonly random: Random;
  readonly counters: Counters;
  readonly writes: TrackingWrites;
  readonly cameraId: string;
  /** The open alerts have changed. */
  readonly changed: () => void;
}

const severities: Readonly<Record<AnomalyType, Alert["severity"]>> = {
  overstay: "warning",
  unauthorized: "warning",
  suspicious: "warning",
  space_change: "info",
};

/** Open alerts of one camera; a tracker that goes wild raises no more. */
const openMost = 100;

/** What is unusual in one camera's eyes: told at once, in the book with the next group. */
export class CameraAlerts {
  readonly #deps: CameraAlertsDeps;
  /** Raised and not in the book yet. */
  readonly #pending = new Map<string, Alert>();
  /** Over, and in the book still open. */
  readonly #over = new Set<string>();

  constructor(deps: CameraAlertsDeps) {
    this.#deps = deps;
  }

  /** Unresolved alerts, oldest first. */
  open(): Alert[] {
    const { book, cameraId } = this.#deps;
    const kept = listOpenAlertsOf(book, cameraId).filter((alert) => !this.#over.has(keyOf(alert)));
    const keys = new Set(kept.map(keyOf));
    const pending = [...this.#pending].filter(([key]) => !keys.has(key) && !this.#over.has(key));
    return [...kept, ...pending.map(([, alert]) => alert)].toSorted(
      (a, b) => a.timestamp - b.timestamp,
    );
  }

  raise({ type, subject, trackId, at, details }: Anomaly): void {
    const { random, counters, writes, cameraId, changed } = this.#deps;
    const open = this.open();
    const key = keyOf({ alertType: type, subject });
    if (open.some((alert) => keyOf(alert) === key)) return;
    if (open.length >= openMost) {
      counters.count("tracking_alerts_not_raised_total", { camera: cameraId });
      return;
    }
    const alertId = random.id();
    const severity = severities[type];
    this.#over.delete(key);
    this.#pending.set(key, {
      alertId,
      cameraId,
      trackId: String(trackId),
      alertType: type,
      subject,
      severity,
      timestamp: at,
      details,
      acknowledgedAt: null,
      acknowledgedBy: null,
      resolved: false,
      resolvedAt: null,
    });
    writes.add((tx) => {
      raiseAlert(tx, random, at, {
        type,
        subject,
        severity,
        details,
        alertId,
        cameraId,
        trackId,
      });
      tx.afterCommit(() => {
        this.#pending.delete(key);
        changed();
      });
    });
    counters.count("tracking_anomalies_total", { camera: cameraId, type });
  }

  /** What was unusual is over. */
  clear(type: AnomalyType, subject: string, at: Instant): void {
    const { writes, changed } = this.#deps;
    const key = keyOf({ alertType: type, subject });
    this.#over.add(key);
    writes.add((tx) => {
      clearAlert(tx, at, type, subject);
      tx.afterCommit(() => {
        this.#over.delete(key);
        changed();
      });
    });
  }
}

const keyOf = ({ alertType, subject }: Pick<Alert, "alertType" | "subject">): string =>
  `${alertType} ${subject}`;

/** An alert as it leaves the process. */
export function alertOutward(alert: Alert): TrackingAlert {
  const { acknowledgedAt, resolvedAt } = alert;
  return {
    alert_id: alert.alertId,
    camera_id: alert.cameraId ?? "",
    track_id: alert.trackId === null ? null : Number(alert.trackId),
    alert_type: alert.alertType as AnomalyType,
    severity: alert.severity,
    timestamp: isoOf(alert.timestamp as Instant),
    details: { ...alert.details },
    acknowledged_at: acknowledgedAt === null ? null : isoOf(acknowledgedAt as Instant),
    resolved: alert.resolved,
    resolved_at: resolvedAt === null ? null : isoOf(resolvedAt as Instant),
  };
}
