import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { FlowMark, SeenVehicle } from "@gatehouse/shared/ports/sight-feed";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Duration, Instant } from "@gatehouse/shared/time";
import type { AnomalyRules } from "../../domain/anomaly.ts";
import {
  follow,
  isIdle,
  type SeenAt,
  type Standing,
  type VehicleStep,
} from "../../domain/tracked-vehicle.ts";
import { cross } from "../../domain/zone-course.ts";
import type { Book } from "../../store/book.ts";
import {
  type CameraStay,
  insertFlowEvent,
  saveCameraHour,
  saveCameraStay,
  saveCameraVehicle,
  saveSpaceDay,
} from "../../store/tracking.ts";
import type { Counters } from "../counters.ts";
import { CameraAlerts } from "./alerts.ts";
import { Anomalies } from "./anomalies.ts";
import {
  beginStay,
  endedUnseen,
  type Followed,
  newlyFollowed,
  revivedFrom,
  type StaySoFar,
  stayRow,
  staySoFar,
  vehicleRow,
} from "./followed.ts";
import type { CameraPicture } from "./picture.ts";
import { CameraSnapshots } from "./snapshots.ts";
import { CameraTally } from "./tally.ts";
import type { TrackingWrites } from "./writes.ts";

export interface CameraTrackerDeps {
  readonly book: Book;
  readonly random: Random;
  readonly counters: Counters;
  readonly writes: TrackingWrites;
  readonly cameraId: string;
  readonly timezone: string;
  readonly calendar: SiteCalendar;
  readonly idle: Duration;
  readonly rulesFor: (spaceId: string) => AnomalyRules;
  /** The open alerts have changed. */
  readonly changed: () => void;
}

/** Vehicles followed at once; what a tracker gone wild names beyond them is counted and not followed. */
const vehiclesMost = 2000;

/** One camera's vehicles: where they stand, for how long, what they do, and what of it is unusual. */
export class CameraTracker {
  readonly alerts: CameraAlerts;
  readonly #deps: CameraTrackerDeps;
  readonly #anomalies: Anomalies;
  readonly #tally: CameraTally;
  readonly #snapshots: CameraSnapshots;
  readonly #followed = new Map<string, Followed>();

  constructor(deps: CameraTrackerDeps) {
    const { book, cameraId, timezone, writes } = deps;
    this.#deps = deps;
    this.#tally = new CameraTally(book, cameraId, timezone);
    this.#snapshots = new CameraSnapshots(cameraId, writes);
    this.alerts = new CameraAlerts(deps);
    this.#anomalies = new Anomalies({ ...deps, alerts: this.alerts });
  }

  /** Takes up the stays of this camera that the book left open. */
  revive(stays: readonly CameraStay[], now: Instant, monotonic: number): void {
    const { book, writes } = this.#deps;
    for (const stay of stays.toSorted((a, b) => b.entryTime - a.entryTime)) {
      const key = keyOf(stay.boot, stay.trackId);
      // A vehicle stands in one space: of two open stays the later one is true.
      if (this.#followed.has(key)) writes.add((tx) => saveCameraStay(tx, endedUnseen(stay)));
      else this.#followed.set(key, revivedFrom(book, stay, now, monotonic, this.#deps.calendar));
    }
    this.#anomalies.resume([...this.#followed.values()], now);
  }

  take(picture: CameraPicture): void {
    const names = new Map(picture.spaces.map(({ spaceId, name }) => [spaceId, name]));
    this.#tally.add(picture.seen, picture.spaces, picture.vehicles.length);
    for (const vehicle of picture.vehicles) this.#follow(picture, vehicle, names);
    for (const mark of picture.flow) this.#note(picture, mark);
    this.#snapshots.consider(picture);
  }

  /** Ends what has not been seen for too long: the stay, and the following. */
  sweep(monotonic: number): void {
    const { idle } = this.#deps;
    for (const [key, followed] of this.#followed) {
      const { vehicle } = followed;
      const standing = vehicle?.standing;
      if (vehicle !== undefined && standing !== undefined) {
        if (isIdle(standing.last, monotonic, idle)) {
          this.#end(followed, standing);
          followed.vehicle = { ...vehicle, standing: undefined };
        } else this.#anomalies.lookAtPayment(followed, standing);
      }
      if (vehicle === undefined || isIdle(vehicle.last, monotonic, idle))
        this.#forget(key, followed);
    }
  }

  /** Stays that go on. */
  stays(): StaySoFar[] {
    const { cameraId } = this.#deps;
    return [...this.#followed.values()].flatMap((followed) => staySoFar(cameraId, followed) ?? []);
  }

  /** Hands everything that has changed to the book, so that a crash costs a minute at most. */
  checkpoint(): void {
    const { writes, cameraId } = this.#deps;
    const { hours, spaceDays } = this.#tally.takeChanged();
    for (const row of hours) writes.add((tx) => saveCameraHour(tx, row));
    for (const row of spaceDays) writes.add((tx) => saveSpaceDay(tx, row));
    for (const followed of this.#followed.values()) {
      if (followed.isSaved) continue;
      followed.isSaved = true;
      const vehicle = vehicleRow(cameraId, followed);
      const stay = stayRow(cameraId, followed, "active");
      if (vehicle !== undefined) writes.add((tx) => saveCameraVehicle(tx, vehicle));
      if (stay !== undefined) writes.add((tx) => saveCameraStay(tx, stay));
    }
  }

  #follow(
    { boot, seen, zones }: CameraPicture,
    sight: SeenVehicle,
    names: ReadonlyMap<string, string>,
  ): void {
    const { trackId, box, spaceId, vehicleClass, confidence } = sight;
    const followed = trackId === undefined ? undefined : this.#followedAs(boot, trackId);
    if (followed === undefined) return;
    const position = [(box.left + box.right) / 2, box.bottom] as const;
    const { vehicle, steps } = follow(followed.vehicle, {
      ...seen,
      vehicleClass,
      confidence,
      position,
      ...(spaceId === undefined ? {} : { spaceId }),
    });
    followed.vehicle = vehicle;
    followed.isSaved = false;
    for (const step of steps) this.#act(followed, step, seen, names);
    if (vehicle.standing !== undefined) this.#anomalies.lookAtStay(followed, vehicle.standing);
    if (zones.length === 0) return;
    const { course, crossings } = cross(followed.course, zones, position);
    followed.course = course;
    for (const { kind, zoneId } of crossings)
      this.#record(followed, seen, { kind, position, confidence, vehicleClass, markId: zoneId });
  }

  #followedAs(boot: string, trackId: number): Followed | undefined {
    const { book, cameraId, counters } = this.#deps;
    const key = keyOf(boot, trackId);
    const known = this.#followed.get(key);
    if (known !== undefined) return known;
    if (this.#followed.size >= vehiclesMost) {
      counters.count("tracking_vehicles_not_followed_total", { camera: cameraId });
      return undefined;
    }
    const followed = newlyFollowed(book, { cameraId, boot, trackId });
    this.#followed.set(key, followed);
    return followed;
  }

  #act(
    followed: Followed,
    step: VehicleStep,
    seen: SeenAt,
    names: ReadonlyMap<string, string>,
  ): void {
    switch (step.kind) {
      case "arrived": {
        const { spaceId } = step.standing;
        return this.#begin(followed, step.standing, names.get(spaceId) ?? spaceId);
      }
      case "left":
        return this.#end(followed, step.standing);
      case "changed":
        return this.#change(followed, step.from, step.to, seen);
    }
  }

  #begin(followed: Followed, { first }: Standing, spaceName: string): void {
    const { book, random, cameraId, writes, counters, calendar } = this.#deps;
    followed.stay = beginStay(book, random, spaceName, first.at, calendar);
    const row = stayRow(cameraId, followed, "active");
    if (row !== undefined) writes.add((tx) => saveCameraStay(tx, row));
    counters.count("camera_stays_begun_total", { camera: cameraId });
  }

  #end(followed: Followed, standing: Standing): void {
    const { cameraId, writes } = this.#deps;
    if (followed.vehicle === undefined) return;
    const vehicle = { ...followed.vehicle, standing };
    const row = stayRow(cameraId, { ...followed, vehicle }, "completed");
    if (row !== undefined) writes.add((tx) => saveCameraStay(tx, row));
    this.#anomalies.end(followed, "overstay", standing.last.at);
    this.#anomalies.end(followed, "unauthorized", standing.last.at);
    followed.stay = undefined;
  }

  #change(followed: Followed, fromSpaceId: string, spaceId: string, seen: SeenAt): void {
    const { vehicle } = followed;
    if (vehicle === undefined) return;
    const { confidence, vehicleClass, path } = vehicle;
    const position = path.at(-1) ?? [0, 0];
    const kind = "space-change";
    const mark = { kind, position, confidence, vehicleClass, spaceId, fromSpaceId } as const;
    this.#record(followed, seen, mark);
    this.#anomalies.noteChange(followed, fromSpaceId, spaceId, seen);
  }

  #forget(key: string, followed: Followed): void {
    const { cameraId, writes } = this.#deps;
    const row = vehicleRow(cameraId, followed);
    if (row !== undefined) {
      writes.add((tx) => saveCameraVehicle(tx, row));
      this.#anomalies.end(followed, "space_change", row.lastSeen as Instant);
    }
    this.#followed.delete(key);
  }

  /** What the camera's own tracker told; changes of space are told by the stays. */
  #note({ boot, seen }: CameraPicture, mark: FlowMark): void {
    const followed = this.#followed.get(keyOf(boot, mark.trackId));
    if (followed !== undefined && mark.kind !== "space-change") this.#record(followed, seen, mark);
  }

  #record(followed: Followed, seen: SeenAt, mark: Omit<FlowMark, "trackId">): void {
    const { random, cameraId, writes, counters } = this.#deps;
    const { boot, trackId, vehicle } = followed;
    const eventType = eventTypes[mark.kind];
    if (mark.kind === "entry") followed.entered ??= seen;
    if (mark.kind === "exit") followed.left = seen;
    if (mark.kind === "entry") this.#tally.count(seen.at, "entries");
    if (mark.kind === "exit") this.#tally.count(seen.at, "exits");
    followed.isSaved = false;
    const row = {
      eventId: random.id(),
      cameraId,
      boot,
      trackId,
      eventType,
      timestamp: seen.at,
      vehicleClass: mark.vehicleClass,
      spaceId: mark.spaceId ?? vehicle?.standing?.spaceId ?? null,
      metadata: metadataOf(mark),
    };
    writes.add((tx) => insertFlowEvent(tx, row));
    counters.count("vehicle_flow_events_total", { camera: cameraId, type: eventType });
  }
}

const eventTypes = {
  entry: "entry",
  exit: "exit",
  "space-change": "space_change",
  "line-crossed": "line_crossed",
} as const;

const metadataOf = (mark: Omit<FlowMark, "trackId">): Readonly<Record<string, unknown>> => ({
  confidence: mark.confidence,
  position: mark.position.map((pixel) => Math.round(pixel)),
  ...(mark.markId === undefined ? {} : { mark_id: mark.markId }),
  ...(mark.direction === undefined ? {} : { direction: mark.direction }),
  ...(mark.fromSpaceId === undefined ? {} : { from_space_id: mark.fromSpaceId }),
});

const keyOf = (boot: string, trackId: number): string => `${boot}/${trackId}`;
