import type { Instant } from "@gatehouse/shared/time";
import {
  type AnomalyRules,
  isOverstay,
  isSuspicious,
  isUnauthorised,
} from "../../domain/anomaly.ts";
import { lengthOf, type SeenAt, type Standing } from "../../domain/tracked-vehicle.ts";
import type { Reader } from "../../store/book.ts";
import { isSpacePaidFor } from "../../store/tracking.ts";
import type { AnomalyType, CameraAlerts } from "./alerts.ts";
import type { Followed } from "./followed.ts";

export interface AnomaliesDeps {
  readonly book: Reader;
  readonly cameraId: string;
  readonly alerts: CameraAlerts;
  readonly rulesFor: (spaceId: string) => AnomalyRules;
}

/** What is unusual about the vehicles of one camera (requirements T24–T28): each is told once and ended once. */
export class Anomalies {
  readonly #deps: AnomaliesDeps;

  constructor(deps: AnomaliesDeps) {
    this.#deps = deps;
  }

  /** A vehicle that stands may have stood too long. */
  lookAtStay(followed: Followed, standing: Standing): void {
    const { stay } = followed;
    const rules = this.#deps.rulesFor(standing.spaceId);
    if (stay === undefined || !isOverstay(lengthOf(standing), rules)) return;
    stay.overstay = true;
    this.#raiseStanding(followed, standing, "overstay");
  }

  /** Where stays must be paid or permitted: whether this one is, by now. */
  lookAtPayment(followed: Followed, standing: Standing): void {
    const { book, rulesFor } = this.#deps;
    const { spaceId, last } = standing;
    const isPaidFor = (): boolean => isSpacePaidFor(book, spaceId);
    if (isUnauthorised(lengthOf(standing), isPaidFor, rulesFor(spaceId)))
      this.#raiseStanding(followed, standing, "unauthorized");
    else this.end(followed, "unauthorized", last.at);
  }

  /** It has moved to another space: worth a note; again and again, worth a look. */
  noteChange(followed: Followed, from: string, to: string, seen: SeenAt): void {
    const { cameraId, alerts, rulesFor } = this.#deps;
    const { trackId, boot, vehicle } = followed;
    const subject = `${cameraId} vehicle ${trackId} (${boot.slice(-runDigits)})`;
    const raise = (type: AnomalyType, details: Readonly<Record<string, unknown>>): void => {
      alerts.raise({ type, subject, trackId, at: seen.at, details });
      followed.alerted.set(type, subject);
    };
    raise("space_change", { old_space: from, new_space: to, space_id: to });
    const changes = vehicle?.changes ?? [];
    if (isSuspicious(changes, seen.measured, rulesFor(to)))
      raise("suspicious", { changes: changes.length, space_id: to });
  }

  end(followed: Followed, type: Exclude<AnomalyType, "suspicious">, at: Instant): void {
    const subject = followed.alerted.get(type);
    if (subject === undefined) return;
    followed.alerted.delete(type);
    this.#deps.alerts.clear(type, subject, at);
  }

  /** After a restart: the open alerts about a stay that goes on are its own, all others of such a kind are over. */
  resume(followed: readonly Followed[], now: Instant): void {
    const { alerts } = this.#deps;
    for (const { alertType, subject } of alerts.open()) {
      if (!isAboutStay(alertType)) continue;
      const whose = followed.find((each) => this.#standingSubject(each) === subject);
      if (whose === undefined) alerts.clear(alertType, subject, now);
      else whose.alerted.set(alertType, subject);
    }
  }

  #raiseStanding(followed: Followed, standing: Standing, type: "overstay" | "unauthorized"): void {
    const { stay, trackId } = followed;
    const subject = this.#standingSubject(followed);
    if (stay === undefined || subject === undefined || followed.alerted.has(type)) return;
    const details = {
      duration: Math.round(lengthOf(standing) / 1000),
      space_id: standing.spaceId,
      stay_id: stay.stayId,
    };
    this.#deps.alerts.raise({ type, subject, trackId, at: standing.last.at, details });
    followed.alerted.set(type, subject);
  }

  #standingSubject({ stay }: Followed): string | undefined {
    return stay === undefined ? undefined : `${this.#deps.cameraId} ${stay.spaceName}`;
  }
}

/** Of a run's name, which is long: enough to tell two runs apart that both have open alerts. */
const runDigits = 6;

/** Of a kind that ends by itself: with the stay, or with the vehicle. */
const isAboutStay = (type: string): type is Exclude<AnomalyType, "suspicious"> =>
  type === "overstay" || type === "unauthorized" || type === "space_change";
