import { FacilityConfig } from "@gatehouse/shared/contracts/facility";

export const simulatedLanes = [
  { laneId: "entry-1", direction: "entry" },
  { laneId: "entry-2", direction: "entry" },
  { laneId: "exit-1", direction: "exit" },
  { laneId: "exit-2", direction: "exit" },
] as const;

export const simulatedTill = "till-1";

/** Its steps come sooner than anywhere else. */
const penaltyDue = (days: number) => ({
  enabled: true,
  penalty_minor: 2000,
  due_days: days,
  escalation: [
    { after_days: days + 1, percent: 50, of: "penalty" },
    { after_days: days + 2, percent: 40, of: "balance" },
  ],
});

/** The simulated site: 2 levels, 4 zones, 120 spaces, 2 entries and 2 exits. */
export function siteConfig(facilityId: string): FacilityConfig {
  return FacilityConfig.parse({
    facility: {
      id: facilityId,
      name: "Simulated site",
      timezone: "Europe/Berlin",
      currency: "EUR",
    },
    zones: [
      { id: "a", name: "A", level: "0", spaces: [{ numbers: "A001-A034" }] },
      {
        id: "b",
        name: "B",
        level: "0",
        spaces: [
          { numbers: "B001-B020" },
          { numbers: "B021-B024", type: "accessible" },
          { numbers: "B025-B026", type: "oversize" },
        ],
      },
      { id: "c", name: "C", level: "1", spaces: [{ numbers: "C001-C030" }] },
      {
        id: "d",
        name: "D",
        level: "1",
        spaces: [{ numbers: "D001-D024" }, { numbers: "D025-D030", type: "motorcycle" }],
      },
    ],
    wires: { board: { kind: "modbus-tcp", host: "127.0.0.1", port: 502 } },
    lanes: simulatedLanes.map(({ laneId, direction }) => ({
      id: laneId,
      name: laneId,
      direction,
      gate: { profile: "simulated", wire: "board", relay: 1 },
      inputs: {
        kind: "mqtt",
        device: `loops-${laneId}`,
        detector: "presence",
        fail_safe: true,
      },
      readers: [{ id: `camera-${laneId}`, format: "hikvision" }],
      sign: `sign-${laneId}`,
      ...(direction === "exit"
        ? { terminal: { kind: "zvt", id: `terminal-${laneId}`, host: "127.0.0.1" } }
        : {}),
    })),
    tills: [{ id: simulatedTill, name: "Till" }],
    money: { refund_limit_minor: 200 },
    violations: {
      overstay: { ...penaltyDue(1), limit_h: 3, discount_percent: 50, discount_days: 1 },
      "no-payment": { ...penaltyDue(0), after_h: 2, review: false },
    },
    http: { kiosk: { port: 0 }, cameras: { port: 0 } },
    mqtt: { port: 0 },
    // Rarely, so that a day passes in seconds; a sensor's heartbeat may be lost once before it counts as silent.
    cloud: { url: "http://127.0.0.1:1", every_s: 240 },
    occupancy: { stale_s: 10_800 },
  });
}
