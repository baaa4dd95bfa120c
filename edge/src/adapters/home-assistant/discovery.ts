import type { KioskState } from "@gatehouse/shared/contracts/kiosk";
import type { DeviceReport } from "@gatehouse/shared/ports/device";

/** One retained message. */
export interface Announcement {
  readonly topic: string;
  readonly payload: string;
}

/** A thing that Home Assistant shows: how it is found, and what it says now. */
interface Entity {
  readonly component: "sensor" | "binary_sensor";
  /** Unique within the facility. */
  readonly id: string;
  readonly name: string;
  /** Below the facility's topic. */
  readonly path: string;
  readonly value: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** More devices than this are not told one by one. */
const devicesMost = 200;

/** Where the facility says whether it is there at all. */
export const statusTopic = (facilityId: string): string => `gatehouse/${facilityId}/status`;

/**
 * What Home Assistant needs to show lanes, zones and devices: a `config` message for each entity, as its MQTT
 * discovery wants it (`homeassistant/<component>/<node>/<object>/config`), and its state.
 */
export function announcementsOf(
  state: Pick<KioskState, "facility" | "lanes" | "counts">,
  devices: readonly DeviceReport[],
): Announcement[] {
  const { facility_id: facilityId, name } = state.facility;
  const node = `gatehouse_${idOf(facilityId)}`;
  const base = `gatehouse/${facilityId}`;
  const device = { identifiers: [node], name, manufacturer: "Gatehouse" };
  return [...laneEntities(state), ...zoneEntities(state), ...deviceEntities(devices)].flatMap(
    ({ component, id, name: called, path, value, more }) => [
      {
        topic: `homeassistant/${component}/${node}/${id}/config`,
        payload: JSON.stringify({
          name: called,
          unique_id: `${node}_${id}`,
          state_topic: `${base}/${path}`,
          availability_topic: statusTopic(facilityId),
          device,
          ...more,
        }),
      },
      { topic: `${base}/${path}`, payload: value },
    ],
  );
}

const laneEntities = ({ lanes }: Pick<KioskState, "lanes">): Entity[] =>
  lanes.flatMap(({ lane_id, name, state, hold }) => [
    {
      component: "sensor",
      id: `lane_${idOf(lane_id)}_state`,
      name: `${name} state`,
      path: `lanes/${lane_id}/state`,
      value: state,
      more: { icon: "mdi:boom-gate" },
    },
    {
      component: "sensor",
      id: `lane_${idOf(lane_id)}_hold`,
      name: `${name} hold`,
      path: `lanes/${lane_id}/hold`,
      value: hold,
      more: { icon: "mdi:boom-gate-alert" },
    },
  ]);

function zoneEntities({ counts }: Pick<KioskState, "counts">): Entity[] {
  const free = { icon: "mdi:parking", state_class: "measurement", unit_of_measurement: "spaces" };
  const zones = counts.zones.map((zone): Entity => ({
    component: "sensor",
    id: `zone_${idOf(zone.zone_id)}_free`,
    name: `${zone.name} free`,
    path: `zones/${zone.zone_id}/free`,
    value: String(zone.free),
    more: free,
  }));
  const all: Entity = {
    component: "sensor",
    id: "free",
    name: "Free spaces",
    path: "free",
    value: String(counts.free),
    more: free,
  };
  return [all, ...zones];
}

/** Bay sensors are many: those in trouble are counted; every other device has its own. */
function deviceEntities(devices: readonly DeviceReport[]): Entity[] {
  const problem = { device_class: "problem", entity_category: "diagnostic" };
  const [sensors, others] = [
    devices.filter(({ kind }) => kind === "bay-sensor"),
    devices.filter(({ kind }) => kind !== "bay-sensor"),
  ];
  const own = [...new Map(others.map((each) => [each.id, each])).values()]
    .slice(0, devicesMost)
    .map((report): Entity => ({
      component: "binary_sensor",
      id: `device_${idOf(report.id)}_problem`,
      name: `${report.kind} ${report.id}`,
      path: `devices/${topicPart(report.id)}/problem`,
      value: isProblem(report) ? "ON" : "OFF",
      more: problem,
    }));
  const count: Entity = {
    component: "sensor",
    id: "bay_sensors_in_trouble",
    name: "Bay sensors in trouble",
    path: "bay-sensors/in-trouble",
    value: String(sensors.filter(isProblem).length),
    more: { entity_category: "diagnostic", state_class: "measurement" },
  };
  return [count, ...own];
}

const isProblem = ({ state, fault }: DeviceReport): boolean =>
  state === "offline" || state === "stale" || fault !== undefined;

/** Home Assistant allows letters, digits, `_` and `-` in the ids of a discovery topic. */
const idOf = (id: string): string => id.replaceAll(/[^A-Za-z0-9_-]/g, "_");

/** No level of its own and no wildcard in a topic, whatever a device is called. */
const topicPart = (id: string): string => id.replaceAll(/[/+#\s]/g, "_");
