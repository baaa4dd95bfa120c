import type {
  AlertView,
  KioskChange,
  KioskMessage,
  KioskState,
  LaneView,
  NoticeView,
  SpaceView,
} from "@gatehouse/shared/contracts/kiosk";
import { batch, signal, type Signal } from "@preact/signals";

export interface ZoneModel {
  readonly zoneId: string;
  readonly name: string;
  readonly level: string;
  /** In the facility's own order; each space is replaced where it stands. */
  readonly spaces: SpaceView[];
  /** Grows with each change of a space here, so that only this zone is drawn anew. */
  readonly version: Signal<number>;
}

export interface LevelModel {
  readonly level: string;
  readonly zones: readonly ZoneModel[];
}

export type Facility = KioskState["facility"];

/** What the daemon told last, part by part: a component reads only its own and is drawn only for it. */
export const facility = signal<Facility | undefined>(undefined);
/** Lane ids in the facility's own order, left to right. */
export const laneOrder = signal<readonly string[]>([]);
export const levels = signal<readonly LevelModel[]>([]);
export const counts = signal<KioskState["counts"] | undefined>(undefined);
export const sessions = signal<KioskState["sessions"] | undefined>(undefined);
export const takings = signal<KioskState["takings"] | undefined>(undefined);
export const alerts = signal<readonly AlertView[]>([]);
export const notices = signal<readonly NoticeView[]>([]);
export const sync = signal<KioskState["sync"] | undefined>(undefined);

const lanes = new Map<string, Signal<LaneView>>();
const zoneOfSpace = new Map<string, { zone: ZoneModel; index: number }>();

export const laneSignal = (laneId: string): Signal<LaneView> | undefined => lanes.get(laneId);

/** A space as it was told last; whoever reads it here is told again when its zone changes. */
export function spaceNow(spaceId: string): SpaceView | undefined {
  const place = zoneOfSpace.get(spaceId);
  void place?.zone.version.value;
  return place?.zone.spaces[place.index];
}

export const allLanes = (): LaneView[] =>
  laneOrder.value.flatMap((id) => lanes.get(id)?.value ?? []);

/** Takes one message of the daemon in, as one change of the page. */
export function take(message: KioskMessage): void {
  batch(() => (message.type === "state" ? takeState(message) : takeChange(message)));
}

/** Forgets everything: nobody is signed in. */
export function forget(): void {
  batch(() => {
    facility.value = undefined;
    counts.value = undefined;
    sessions.value = undefined;
    takings.value = undefined;
    sync.value = undefined;
    laneOrder.value = [];
    levels.value = [];
    alerts.value = [];
    notices.value = [];
    lanes.clear();
    zoneOfSpace.clear();
  });
}

function takeState(state: KioskState): void {
  const ids = state.lanes.map(({ lane_id }) => lane_id);
  for (const id of lanes.keys()) if (!ids.includes(id)) lanes.delete(id);
  takeLanes(state.lanes);
  if (ids.join("\n") !== laneOrder.value.join("\n")) laneOrder.value = ids;
  levels.value = levelsOf(state);
  takeRest(state);
}

function takeChange(change: KioskChange): void {
  if (change.lanes !== undefined) takeLanes(change.lanes);
  if (change.spaces !== undefined) takeSpaces(change.spaces);
  takeRest(change);
}

function takeRest(part: Partial<KioskState> | KioskChange): void {
  if (part.facility !== undefined) facility.value = part.facility;
  if (part.counts !== undefined) counts.value = part.counts;
  if (part.sessions !== undefined) sessions.value = part.sessions;
  if (part.takings !== undefined) takings.value = part.takings;
  if (part.alerts !== undefined) alerts.value = worstFirst(part.alerts);
  if (part.notices !== undefined) notices.value = part.notices;
  if (part.sync !== undefined) sync.value = part.sync;
}

function takeLanes(views: readonly LaneView[]): void {
  for (const view of views) {
    const known = lanes.get(view.lane_id);
    if (known === undefined) lanes.set(view.lane_id, signal(view));
    else if (JSON.stringify(known.peek()) !== JSON.stringify(view)) known.value = view;
  }
}

function takeSpaces(views: readonly SpaceView[]): void {
  for (const view of views) {
    const place = zoneOfSpace.get(view.space_id);
    if (place === undefined) continue;
    place.zone.spaces[place.index] = view;
    place.zone.version.value += 1;
  }
}

function levelsOf(state: KioskState): LevelModel[] {
  const names = new Map(state.counts.zones.map((zone) => [zone.zone_id, zone.name]));
  const byLevel = Map.groupBy(state.spaces, ({ level }) => level);
  zoneOfSpace.clear();
  return [...byLevel].map(([level, spaces]) => ({
    level,
    zones: [...Map.groupBy(spaces, ({ zone_id }) => zone_id)].map(([zoneId, own]) => {
      const zone = {
        zoneId,
        name: names.get(zoneId) ?? zoneId,
        level,
        spaces: own,
        version: signal(0),
      };
      for (const [index, space] of own.entries()) zoneOfSpace.set(space.space_id, { zone, index });
      return zone;
    }),
  }));
}

const severityOrder: Readonly<Record<AlertView["severity"], number>> = {
  critical: 0,
  warning: 1,
  info: 2,
};

/** The worst first, and among equals the oldest. */
const worstFirst = (open: readonly AlertView[]): AlertView[] =>
  open.toSorted(
    (a, b) =>
      severityOrder[a.severity] - severityOrder[b.severity] || Date.parse(a.at) - Date.parse(b.at),
  );
