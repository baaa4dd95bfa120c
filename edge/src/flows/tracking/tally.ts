import { type Instant, seconds } from "@gatehouse/shared/time";
import { type LocalHour, localHour } from "../../domain/calendar.ts";
import type { SeenAt } from "../../domain/tracked-vehicle.ts";
import type { Reader } from "../../store/book.ts";
import {
  type CameraHour,
  type CameraSpaceDay,
  findCameraHour,
  listSpaceDay,
} from "../../store/tracking.ts";
import type { PicturedSpace } from "./picture.ts";

type Changing<Row> = { -readonly [Key in keyof Row]: Row[Key] };

/** What a picture shows holds until the next one, but no longer than this: then nobody knows. */
const holdsFor = seconds(60);
/** Hours and days that stay in memory; a clock that is set back and forth finds the others in the book. */
const keptMost = 3;
/** Spaces of one camera and day; what a worker names beyond them is not summed. */
const spacesMost = 2000;

/** The sums of one camera by hour and by space and day, weighted with the time that was observed. */
export class CameraTally {
  readonly #reader: Reader;
  readonly #cameraId: string;
  readonly #timezone: string;
  readonly #hours = new Map<number, Changing<CameraHour>>();
  readonly #days = new Map<string, Map<string, Changing<CameraSpaceDay>>>();
  readonly #changed = new Set<CameraHour | CameraSpaceDay>();
  #hour: LocalHour | undefined;
  #last: { readonly seen: SeenAt; readonly spaces: readonly PicturedSpace[] } | undefined;

  constructor(reader: Reader, cameraId: string, timezone: string) {
    this.#reader = reader;
    this.#cameraId = cameraId;
    this.#timezone = timezone;
  }

  /** Adds one picture: until now everything stood as in the picture before. */
  add(seen: SeenAt, spaces: readonly PicturedSpace[], vehicles: number): void {
    this.#addTime(seen);
    this.#last = { seen, spaces };
    const hour = this.#hourAt(seen.at);
    const occupied = occupiedIn(spaces);
    hour.frames += 1;
    hour.vehicleObservations += vehicles;
    hour.spacesSeen += spaces.length;
    hour.occupiedSeen += occupied;
    hour.maxOccupied = Math.max(hour.maxOccupied, occupied);
    for (const space of spaces) {
      const row = this.#spaceOn(hour.day, space);
      if (row === undefined) continue;
      row.spaceName = space.name;
      row.frames += 1;
      row.occupiedFrames += space.occupied ? 1 : 0;
    }
  }

  /** A vehicle came in or left. */
  count(at: Instant, what: "entries" | "exits"): void {
    this.#hourAt(at)[what] += 1;
  }

  /** Sums that have changed since they were last taken; from now on they count as taken. */
  takeChanged(): { readonly hours: CameraHour[]; readonly spaceDays: CameraSpaceDay[] } {
    const rows = [...this.#changed].map((row) => ({ ...row }));
    this.#changed.clear();
    const isHour = (row: CameraHour | CameraSpaceDay): row is CameraHour => "hourStart" in row;
    return {
      hours: rows.filter(isHour),
      spaceDays: rows.filter((row): row is CameraSpaceDay => !isHour(row)),
    };
  }

  /** The time since the last picture goes to the hours that it lies in. */
  #addTime({ measured }: SeenAt): void {
    if (this.#last === undefined) return;
    const { seen, spaces } = this.#last;
    const length = Math.min(holdsFor, Math.max(0, Math.round(measured - seen.measured)));
    const first = this.#hourAt(seen.at);
    const inFirst = Math.min(length, Math.max(0, first.hourEnd - seen.at));
    this.#addTo(first, spaces, inFirst);
    if (length > inFirst) {
      this.#addTo(this.#hourAt(first.hourEnd as Instant), spaces, length - inFirst);
    }
  }

  #addTo(hour: Changing<CameraHour>, spaces: readonly PicturedSpace[], ms: number): void {
    if (ms === 0) return;
    hour.spaceMs += ms * spaces.length;
    hour.occupiedMs += ms * occupiedIn(spaces);
    for (const space of spaces) {
      const row = this.#spaceOn(hour.day, space);
      if (row === undefined) continue;
      row.observedMs += ms;
      row.occupiedMs += space.occupied ? ms : 0;
    }
  }

  #hourAt(at: Instant): Changing<CameraHour> {
    if (this.#hour === undefined || at < this.#hour.start || at >= this.#hour.end)
      this.#hour = localHour(at, this.#timezone);
    const { start } = this.#hour;
    const row =
      this.#hours.get(start) ??
      findCameraHour(this.#reader, this.#cameraId, start) ??
      emptyHour(this.#cameraId, this.#hour);
    keep(this.#hours, start, row);
    this.#changed.add(row);
    return row;
  }

  #spaceOn(day: string, { spaceId, name }: PicturedSpace): Changing<CameraSpaceDay> | undefined {
    const cameraId = this.#cameraId;
    const rows =
      this.#days.get(day) ??
      new Map(listSpaceDay(this.#reader, cameraId, day).map((row) => [row.spaceId, row]));
    if (!this.#days.has(day)) keep(this.#days, day, rows);
    if (rows.size >= spacesMost && !rows.has(spaceId)) return undefined;
    const row = rows.get(spaceId) ?? {
      cameraId,
      day,
      spaceId,
      spaceName: name,
      observedMs: 0,
      occupiedMs: 0,
      frames: 0,
      occupiedFrames: 0,
    };
    rows.set(spaceId, row);
    this.#changed.add(row);
    return row;
  }
}

const occupiedIn = (spaces: readonly PicturedSpace[]): number =>
  spaces.reduce((count, { occupied }) => count + (occupied ? 1 : 0), 0);

const emptyHour = (cameraId: string, { start, end, day, hour }: LocalHour): CameraHour => ({
  cameraId,
  hourStart: start,
  hourEnd: end,
  day,
  hour,
  frames: 0,
  occupiedMs: 0,
  spaceMs: 0,
  occupiedSeen: 0,
  spacesSeen: 0,
  maxOccupied: 0,
  vehicleObservations: 0,
  entries: 0,
  exits: 0,
});

/** Keeps what was used last. */
function keep<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size > keptMost) kept.delete(oldest);
}
