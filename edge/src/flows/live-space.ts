import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { type Duration, type Instant, isoOf } from "@gatehouse/shared/time";
import type { FusedSpace } from "../domain/occupancy.ts";
import type { SpaceTurn } from "../domain/space-place.ts";
import type { Tx } from "../store/book.ts";
import { saveSpace, type Space } from "../store/spaces.ts";
import { saveStay, type Stay } from "../store/stays.ts";
import type { Heard } from "./heard.ts";

/** A stay that goes on, and when it began in monotonic time. */
export interface LiveStay {
  readonly row: Stay;
  readonly began: number;
}

/** One space as it is known in memory. What is saved of it stands in the book already. */
export interface LiveSpace {
  readonly spec: SpaceSpec;
  readonly sources: Map<string, Heard>;
  fused: FusedSpace;
  stay: LiveStay | undefined;
  saved: Space | undefined;
}

/** A space as the book left it; nothing vouches for it yet. */
export function reviveSpace(
  spec: SpaceSpec,
  known: ReadonlyMap<string, Space>,
  now: Instant,
): LiveSpace {
  const found = known.get(spec.spaceId);
  const saved = found?.sensorData["removed"] === true ? undefined : found;
  const answer =
    saved === undefined || saved.status === "out-of-service" ? "unknown" : saved.status;
  const since = (saved?.lastUpdated ?? now) as Instant;
  return {
    spec,
    fused: { answer, since, doubtedSince: undefined, doubt: undefined },
    sources: new Map(),
    stay: undefined,
    saved,
  };
}

/** Whether the book has the space where the configuration has it. */
export function isInPlace(live: LiveSpace, deps: SavingDeps): boolean {
  const { saved } = live;
  if (saved === undefined) return false;
  const { level, zone, spaceNumber, spaceType } = rowOf(deps, live, live.fused);
  return (
    saved.level === level &&
    saved.zone === zone &&
    saved.spaceNumber === spaceNumber &&
    saved.spaceType === spaceType
  );
}

/** What a new answer changes; it takes effect in memory when it is durable. */
export type Outcome = Pick<LiveSpace, "fused" | "stay" | "saved">;

export interface SavingDeps {
  readonly random: Random;
  /** What is known of a sensor beside its words. */
  readonly healthOf?: (sourceId: string) => SensorHealth | undefined;
  readonly facilityId: string;
  /** A space has a new answer; called in the transaction that saves it. */
  readonly turned?: (tx: Tx, spaceId: string, turn: SpaceTurn) => void;
}

export interface Moment {
  readonly at: Instant;
  readonly monotonic: Duration;
}

/** Saves a space's new answer, and the stay that begins or ends with it. */
export function saveAnswer(
  tx: Tx,
  deps: SavingDeps,
  live: LiveSpace,
  fused: FusedSpace,
  now: Moment,
): Outcome {
  const stay = saveStays(tx, deps, live, fused, now);
  const saved = saveSpace(tx, rowOf(deps, live, fused));
  deps.turned?.(tx, live.spec.spaceId, {
    was: live.fused.answer,
    is: fused.answer,
    stayId: stay?.row.stayId ?? null,
    at: now.at,
  });
  return { fused, stay, saved };
}

/** The space's row as it would be saved with this answer. */
export function rowOf(
  { facilityId, healthOf }: SavingDeps,
  live: LiveSpace,
  fused: FusedSpace,
): Omit<Space, "change"> {
  const { spec, saved, sources } = live;
  const batteries = [...sources.values()].flatMap(({ row }) =>
    row.batteryPercent === null ? [] : [row.batteryPercent],
  );
  return {
    spaceId: spec.spaceId,
    facilityId,
    level: spec.level,
    zone: spec.zoneId,
    spaceNumber: spec.number,
    spaceType: spec.type,
    isAccessible: spec.type === "accessible",
    status: saved?.status === "out-of-service" ? "out-of-service" : fused.answer,
    lastUpdated: fused.since,
    sensorData: {
      sources: [...sources.keys()],
      ...(batteries.length > 0 ? { battery_pct: Math.min(...batteries) } : {}),
      ...sensorsOf([...sources.keys()].map((id) => healthOf?.(id))),
    },
  };
}

/** Battery, temperature and radio of each sensor that has told any of them. */
function sensorsOf(healths: readonly (SensorHealth | undefined)[]): Record<string, unknown> {
  const told = healths.flatMap((health) => {
    if (health === undefined) return [];
    const { batteryPercent, batteryVolts, temperatureC, rssi, lostFrames } = health;
    const about = {
      ...(batteryPercent !== undefined && { battery_pct: batteryPercent }),
      ...(batteryVolts !== undefined && { battery_v: batteryVolts }),
      ...(temperatureC !== undefined && { temperature_c: temperatureC }),
      ...(rssi !== undefined && { rssi_dbm: rssi, lost_frames: lostFrames }),
    };
    return Object.keys(about).length === 0 ? [] : [[health.sensorId, about] as const];
  });
  return told.length === 0 ? {} : { sensors: Object.fromEntries(told) };
}

function saveStays(
  tx: Tx,
  deps: SavingDeps,
  live: LiveSpace,
  fused: FusedSpace,
  now: Moment,
): LiveStay | undefined {
  const { stay } = live;
  if (fused.answer === "occupied" && stay === undefined) {
    const row = newStay(deps, live, now.at);
    saveStay(tx, row);
    return { row, began: now.monotonic };
  }
  if (fused.answer !== "free" || stay === undefined) return stay;
  endStay(tx, live.spec, stay, now);
  return undefined;
}

/** Its length is measured in monotonic time: a step of the wall clock neither stretches nor shrinks it. */
function endStay(tx: Tx, spec: SpaceSpec, { row, began }: LiveStay, now: Moment): void {
  const durationSeconds = Math.max(0, Math.round((now.monotonic - began) / 1000));
  saveStay(tx, { ...row, exitTime: now.at, durationSeconds, status: "completed" });
  tx.append(now.at, {
    type: "space-stay-closed",
    body: {
      stay_id: row.stayId,
      space_id: spec.spaceId,
      zone_id: spec.zoneId,
      source: row.source,
      entry_time: isoOf(row.entryTime as Instant),
      exit_time: isoOf(now.at),
      duration_seconds: durationSeconds,
    },
  });
}

function newStay({ random }: SavingDeps, live: LiveSpace, now: Instant): Stay {
  const sources = [...live.sources.values()]
    .map(({ row }) => row)
    .filter((row) => !row.lost && row.occupied);
  return {
    stayId: random.id(),
    trackId: null,
    cameraId: sources.find((row) => row.source === "camera")?.sourceId ?? null,
    spaceId: live.spec.spaceId,
    spaceName: live.spec.number,
    vehicleClass: "unknown",
    entryTime: now,
    exitTime: null,
    durationSeconds: null,
    fee: null,
    status: "active",
    source: [...new Set(sources.map((row) => row.source))].toSorted().join("+"),
  };
}
