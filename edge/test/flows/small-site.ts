import { FacilityConfig } from "@gatehouse/shared/contracts/facility";

export const smallSiteLanes = [
  { laneId: "entry-1", direction: "entry" },
  { laneId: "entry-2", direction: "entry" },
  { laneId: "exit-1", direction: "exit" },
  { laneId: "exit-2", direction: "exit" },
] as const;

export type LaneId = (typeof smallSiteLanes)[number]["laneId"];

/** A facility in Berlin with two entries, two exits and a few spaces in two zones. */
export function smallSite(spaces: number): FacilityConfig {
  const half = Math.ceil(spaces / 2);
  const named = (from: number, to: number): string =>
    `A${String(from).padStart(3, "0")}-A${String(to).padStart(3, "0")}`;
  return FacilityConfig.parse({
    facility: {
      id: "small",
      name: "Small site",
      timezone: "Europe/Berlin",
      currency: "EUR",
      locale: "de",
    },
    zones: [
      { id: "west", name: "West", level: "0", spaces: [{ numbers: named(1, half) }] },
      {
        id: "east",
        name: "East",
        level: "0",
        spaces: [{ numbers: named(half + 1, spaces), type: "accessible" }],
      },
    ],
    wires: { board: { kind: "modbus-tcp", host: "127.0.0.1", port: 502 } },
    lanes: smallSiteLanes.map(({ laneId, direction }) => ({
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
    http: { kiosk: { port: 0 }, cameras: { port: 0 } },
    mqtt: { port: 0 },
    cloud: { url: "http://127.0.0.1:1", every_s: 5 },
  });
}
