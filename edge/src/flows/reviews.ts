import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { ReviewAnswer, ReviewRequest, ReviewsData } from "@gatehouse/shared/contracts/plates";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { type Alert, findAlert, listOpenAlerts } from "../store/alerts.ts";
import type { Reader, Tx } from "../store/book.ts";
import { openSegment } from "../store/segments.ts";
import { findSession, type Session } from "../store/sessions.ts";
import { noteCameIn } from "./access-presence.ts";
import { resolveAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import { leftUnseen, twoUnderOnePlate } from "./duplicates.ts";
import { reopenSession, supersedeSession } from "./sessions.ts";
import { sessionView } from "./session-views.ts";
import { handPlaceOver } from "./space-places.ts";

const kinds = [twoUnderOnePlate, leftUnseen] as const;
type Kind = (typeof kinds)[number];

interface Review {
  readonly alert: Alert;
  readonly kind: Kind;
  readonly earlier: Session;
  readonly later: Session;
}

/** Every pair of sessions under one plate that nobody has looked at yet. */
export const reviewsIn = (reader: Reader): ReviewsData => ({
  reviews: listOpenAlerts(reader)
    .flatMap((alert) => reviewOf(reader, alert) ?? [])
    .map(({ alert, kind, earlier, later }) => ({
      review_id: alert.alertId,
      kind,
      at: isoOf(alert.timestamp as Instant),
      earlier: sessionView(reader, earlier),
      later: sessionView(reader, later),
    })),
});

/** Writes what a person made of such a pair. */
export function writeReview(
  tx: Tx,
  reviewId: string,
  { action }: ReviewRequest,
  actor: Actor,
  now: Instant,
): ReviewAnswer | Refusal {
  const alert = findAlert(tx, reviewId);
  const review = alert === undefined || alert.resolved ? undefined : reviewOf(tx, alert);
  if (review === undefined) return noSuchReview;
  if (action === "merge") {
    const refused = writeMerge(tx, review, actor, now);
    if (refused !== undefined) return refused;
  }
  resolveAlert(tx, now, reviewId, actor);
  const sentence =
    action === "merge"
      ? "Both were of one vehicle; it has been inside since the earlier entry."
      : "Both sessions stay as they are.";
  return { review_id: reviewId, sentence };
}

/** The later session ends; the earlier one goes on, and is open again where it had been assumed closed. */
function writeMerge(tx: Tx, { earlier, later }: Review, by: Actor, now: Instant) {
  if (later.paidAmount > 0) return isPaid;
  const mayGoOn = earlier.status === "open" || earlier.status === "paid-grace";
  const mayEnd = later.status === "open" || later.status === "pending";
  if (!mayEnd || !(mayGoOn || earlier.status === "closed-assumed")) return hasEnded;
  const stood = openSegment(tx, later.sessionId);
  supersedeSession(tx, later, earlier, by, now);
  if (earlier.status === "closed-assumed") reopenSession(tx, earlier, now);
  else noteCameIn(tx, earlier, now, true);
  handPlaceOver(tx, stood, earlier.sessionId, by, now);
  return undefined;
}

function reviewOf(reader: Reader, alert: Alert): Review | undefined {
  const kind = kinds.find((each) => each === alert.alertType);
  const details = alert.details as Readonly<Record<string, unknown>>;
  const other = details["other_session_id"];
  if (kind === undefined || typeof other !== "string") return undefined;
  const earlier = findSession(reader, alert.subject);
  const later = findSession(reader, other);
  return earlier && later && { alert, kind, earlier, later };
}

const noSuchReview = refusal("no-such-review", "There is no such open review.");
const isPaid = refusal(
  "later-session-paid",
  "Money was taken for the later session; give it back first, or keep both.",
);
const hasEnded = refusal("session-ended", "One of the vehicles has left or is leaving; keep both.");
