import { defaultTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Minor } from "@gatehouse/shared/money";
import type { Random } from "@gatehouse/shared/ports/random";
import { elapsed, type Instant, milliseconds } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import { priceLength } from "@gatehouse/shared/tariff/price";
import { lengthOf, type SeenAt, type TrackedVehicle } from "../../domain/tracked-vehicle.ts";
import { unseenCourse, type ZoneCourse } from "../../domain/zone-course.ts";
import type { Reader } from "../../store/book.ts";
import { tariffInForce } from "../../store/rights.ts";
import { type CameraStay, type CameraVehicle, findCameraVehicle } from "../../store/tracking.ts";
import type { AnomalyType } from "./alerts.ts";

/** A vehicle that a camera follows, and what of it is in the book. */
export interface Followed {
  readonly boot: string;
  readonly trackId: number;
  /** Undefined until its first picture is worked in. */
  vehicle: TrackedVehicle | undefined;
  course: ZoneCourse;
  stay: OpenStay | undefined;
  entered: SeenAt | undefined;
  left: SeenAt | undefined;
  /** Open alerts about it, by type: their subjects. */
  readonly alerted: Map<AnomalyType, string>;
  /** Since its last picture. */
  isSaved: boolean;
  /** As the book had it from before this process, or from before it was out of sight. */
  readonly earlier: CameraVehicle | undefined;
}

/** What does not change while a vehicle stands in a space. */
export interface OpenStay {
  readonly stayId: string;
  readonly spaceName: string;
  /** The tariff of its beginning. */
  readonly tariff: Tariff;
  readonly calendar: SiteCalendar;
  overstay: boolean;
}

/** A stay that goes on, up to the last picture of it. */
export interface StaySoFar {
  readonly cameraId: string;
  readonly trackId: number;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly vehicleClass: VehicleClass;
  readonly entryTime: Instant;
  readonly durationSeconds: number;
  /** Accrued, unpaid. */
  readonly fee: Minor;
  readonly overstay: boolean;
}

export type VehicleKey = Pick<CameraVehicle, "cameraId" | "boot" | "trackId">;

/** A vehicle that comes into sight; one that was in sight before goes on where it was. */
export function newlyFollowed(reader: Reader, key: VehicleKey): Followed {
  const earlier = findCameraVehicle(reader, key);
  return {
    boot: key.boot,
    trackId: key.trackId,
    vehicle: undefined,
    course: {
      ...unseenCourse,
      hasEntered: (earlier?.entryTime ?? null) !== null,
      hasLeft: (earlier?.exitTime ?? null) !== null,
    },
    stay: undefined,
    entered: seenAtIn(earlier?.entryTime),
    left: seenAtIn(earlier?.exitTime),
    alerted: new Map(),
    isSaved: true,
    earlier,
  };
}

/** A stay that the book left open: it goes on if its worker still follows it, and ends as idle if not. */
export function revivedFrom(
  reader: Reader,
  stay: CameraStay,
  now: Instant,
  monotonic: number,
  calendar: SiteCalendar,
): Followed {
  const followed = newlyFollowed(reader, stay);
  const arrived = monotonic - elapsed(stay.lastSeen as Instant, now);
  const last: SeenAt = { at: stay.lastSeen as Instant, measured: stay.lastSeen, arrived };
  const measured = stay.lastSeen - stay.durationSeconds * 1000;
  const first: SeenAt = { at: stay.entryTime as Instant, measured, arrived };
  followed.vehicle = {
    vehicleClass: stay.vehicleClass as VehicleClass,
    confidence: stay.confidence,
    first,
    last,
    path: followed.earlier?.path ?? [],
    standing: { spaceId: stay.spaceId, first, last },
    lastSpaceId: stay.spaceId,
    elsewhere: undefined,
    changes: [],
  };
  const { stayId, spaceName, overstay, entryTime } = stay;
  const tariff = tariffAt(reader, entryTime as Instant);
  followed.stay = { stayId, spaceName, overstay, tariff, calendar };
  return followed;
}

export function beginStay(
  reader: Reader,
  random: Random,
  spaceName: string,
  at: Instant,
  calendar: SiteCalendar,
): OpenStay {
  const tariff = tariffAt(reader, at);
  return { stayId: random.id(), spaceName, tariff, calendar, overstay: false };
}

/** @returns undefined of a vehicle that stands in no space */
export function staySoFar(cameraId: string, followed: Followed): StaySoFar | undefined {
  const { trackId, vehicle, stay } = followed;
  if (vehicle?.standing === undefined || stay === undefined) return undefined;
  const { spaceId, first } = vehicle.standing;
  const length = lengthOf(vehicle.standing);
  return {
    cameraId,
    trackId,
    spaceId,
    spaceName: stay.spaceName,
    vehicleClass: vehicle.vehicleClass,
    entryTime: first.at,
    durationSeconds: Math.round(length / 1000),
    fee: priceLength({
      tariff: stay.tariff,
      zone: stay.calendar,
      vehicleClass: vehicle.vehicleClass,
      entry: first.at,
      stay: milliseconds(length),
    }).total,
    overstay: stay.overstay,
  };
}

/** The row of a stay up to its last picture. @returns undefined of a vehicle that stands in no space */
export function stayRow(
  cameraId: string,
  followed: Followed,
  status: CameraStay["status"],
): CameraStay | undefined {
  const { boot, vehicle, stay } = followed;
  const soFar = staySoFar(cameraId, followed);
  if (soFar === undefined || stay === undefined || vehicle?.standing === undefined)
    return undefined;
  const { at } = vehicle.standing.last;
  return {
    ...soFar,
    stayId: stay.stayId,
    boot,
    confidence: vehicle.confidence,
    lastSeen: at,
    exitTime: status === "completed" ? at : null,
    status,
  };
}

/** A stay whose end nobody saw: it ended when it was seen last. */
export const endedUnseen = (stay: CameraStay): CameraStay => ({
  ...stay,
  status: "completed",
  exitTime: stay.lastSeen,
});

/** @returns undefined before its first picture */
export function vehicleRow(cameraId: string, followed: Followed): CameraVehicle | undefined {
  const { boot, trackId, vehicle, entered, left, earlier } = followed;
  if (vehicle === undefined) return undefined;
  const dwell =
    entered === undefined || left === undefined ? null : left.measured - entered.measured;
  return {
    cameraId,
    boot,
    trackId,
    vehicleClass: vehicle.vehicleClass,
    firstSeen: earlier?.firstSeen ?? vehicle.first.at,
    lastSeen: vehicle.last.at,
    status: left !== undefined ? "exited" : vehicle.lastSpaceId === undefined ? "active" : "parked",
    entryTime: entered?.at ?? null,
    exitTime: left?.at ?? null,
    dwellSeconds: dwell === null ? null : Math.max(0, Math.round(dwell / 1e3)),
    path: vehicle.path,
  };
}

/** Only a worker's vehicle comes back after a restart, and its lengths are measured with its own time. */
const seenAtIn = (time: number | null | undefined): SeenAt | undefined =>
  time === null || time === undefined
    ? undefined
    : { at: time as Instant, measured: time, arrived: 0 };

const tariffAt = (reader: Reader, at: Instant): Tariff =>
  tariffInForce(reader, at) ?? defaultTariff;
