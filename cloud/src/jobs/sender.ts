import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { elapsed, type Instant, isoOf, seconds } from "@gatehouse/shared/time";
import { compose, type OpenTarget } from "../domain/notify/compose.ts";
import type { HeadOfficeAlert } from "../domain/ledger-alerts.ts";
import type { Answer, Post } from "../domain/notify/outgoing.ts";
import type { OfficeKey } from "../domain/people/office-key.ts";
import { raiseOfficeAlerts } from "../store/alerts/office-alerts.ts";
import type { Database } from "../store/database.ts";
import {
  drop,
  type DueDelivery,
  isPast,
  readDue,
  settle,
  type Settled,
} from "../store/notify/due.ts";
import { openSecret } from "../domain/notify/target-secret.ts";

/** Receivers that are told at once: one that hangs holds up no more than itself. */
const lanesAtOnce = 16;
/** A receiver's turn in one round. */
const turn = seconds(20);

export interface SenderPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly key: OfficeKey;
  readonly post: Post;
}

/** Sends what is due. @returns how many messages were taken */
export async function sendDue(ports: SenderPorts): Promise<number> {
  const lanes = await readDue(ports.database, ports.clock.now());
  let taken = 0;
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
      taken += await sendLane(ports, lane);
  };
  await Promise.all(Array.from({ length: Math.min(lanesAtOnce, lanes.length) }, work));
  return taken;
}

/** One after the other, until one is not taken: what comes after it waits for it. */
async function sendLane(ports: SenderPorts, lane: readonly DueDelivery[]): Promise<number> {
  const began = ports.clock.now();
  let taken = 0;
  for (const due of lane) {
    const now = ports.clock.now();
    if (elapsed(began, now) >= turn) break;
    if (await isPast(ports.database, due)) {
      await drop(ports.database, due, now);
      continue;
    }
    const settled = await sendOne(ports, due);
    if (settled === "delivered") taken += 1;
    // A notice stands in no order: one that is refused for good holds up no other.
    if (settled === "waits" || settled === "stopped") break;
  }
  return taken;
}

async function sendOne(ports: SenderPorts, due: DueDelivery): Promise<Settled> {
  const { database, clock, random } = ports;
  const answer = await tell(ports, due);
  const now = clock.now();
  const settled = await settle(database, due, answer, { now, chance: random.fraction() });
  // Whoever tests looks at the message itself.
  const isNews = due.stage !== "test" && (settled === "failed" || settled === "stopped");
  if (isNews)
    await raiseOfficeAlerts(database, due.facility_id, [undelivered(due, settled, answer, now)]);
  return settled;
}

/** What a gateway of short messages has taken for one number is not taken back where it refuses the next. */
async function tell({ post, key, clock }: SenderPorts, due: DueDelivery): Promise<Answer> {
  const { delivery_id: deliveryId, event, body } = due;
  const target = openTarget(key, due, clock.now());
  if (target === undefined) return unreadable;
  let answer: Answer = { isTaken: true, isFinal: false, code: null, words: "" };
  for (const outgoing of compose({ deliveryId, event, body }, target, clock.now())) {
    answer = await post.send(outgoing);
    if (!answer.isTaken) return answer;
  }
  return answer;
}

const unreadable: Answer = {
  isTaken: false,
  isFinal: false,
  code: null,
  words: "the target's secret was sealed with another key of head office",
};

function openTarget(key: OfficeKey, due: DueDelivery, now: Instant): OpenTarget | undefined {
  const { kind, settings } = due;
  const until = due.previous_until?.getTime() ?? 0;
  const sealed = [due.secret_sealed, until > now ? due.previous_sealed : null];
  const secrets = sealed
    .filter((each) => each !== null)
    .map((each) => openSecret(key, due.organisation_id, due.target_id, each));
  const opened = secrets.filter((each) => each !== undefined);
  return opened.length < secrets.length ? undefined : { kind, settings, secrets: opened };
}

const undelivered = (
  due: DueDelivery,
  settled: "failed" | "stopped",
  { code, words }: Answer,
  now: Instant,
): HeadOfficeAlert => {
  const type = settled === "stopped" ? "webhook-stopped" : "delivery-failed";
  return {
    alert_id: `${type}-${due.target_id}`,
    alert_type: type,
    subject: due.name,
    severity: "warning",
    details: {
      target: due.name,
      event: due.event,
      answer: words,
      ...(code === null ? {} : { code }),
    },
    at: isoOf(now),
  };
};
