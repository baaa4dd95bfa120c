import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Ports } from "./ports.ts";

const host = "127.0.0.1";

export interface DemoPlaces {
  readonly ports: Ports;
  /** Where the simulated serial devices are, as a technician would name /dev/ttyUSB0. */
  readonly ptys: { readonly entry2: string; readonly exit1: string };
  /** Virtual seconds a real second. */
  readonly speed: number;
}

/** The camera above the first spaces of level 1. */
export const overheadCamera = "overhead-1";
/** Where its spaces are drawn: a file beside the configuration. */
export const overheadViewFile = "overhead-1.json";
/** It sends a picture so often in virtual time, and in real time no more than so many a second. */
const pictureEveryS = 2;
const picturesMost = 2;

type Input<T> = T extends readonly (infer Item)[]
  ? readonly Input<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Input<T[Key]> }
    : T;

/** Twenty spaces have LoRaWAN sensors of four makes, behind the site's own ChirpStack. */
const loraSensors: Input<FacilityConfig["sensors"]> = Array.from({ length: 20 }, (_, index) => {
  const makes = ["bosch_tps110", "pni_placepod", "libelium_smart_parking_v2_v3"];
  const space = `B${String(index + 1).padStart(3, "0")}`;
  const id = `a81758fffe0a1b${(index + 1).toString(16).padStart(2, "0")}`;
  return index % 5 === 4
    ? { id, model: "milesight_em400_udl", space, occupied_below_mm: 1500 }
    : { id, model: makes[index % makes.length] ?? "bosch_tps110", space };
});

/**
 * The demonstration's site: 2 levels, 4 zones, 120 spaces of all kinds, 2 entries and 2 exits, each lane with
 * another make of hardware. It is written to `facility.yaml` and read by the daemon like any site's.
 */
export function demoFacility({ ports, ptys, speed }: DemoPlaces): Input<FacilityConfig> {
  return {
    facility: {
      id: "central",
      name: "Central Garage",
      timezone: "Europe/Berlin",
      currency: "EUR",
      locale: "en",
      location: { address: "Marktplatz 1, 10178 Berlin", latitude: 52.5219, longitude: 13.4132 },
      operating_hours: { daily: "00:00-24:00" },
    },
    zones: [
      {
        id: "l1-a",
        name: "Level 1 A",
        level: "1",
        spaces: [
          { numbers: "A001-A024", type: "standard" },
          { numbers: "A025-A028", type: "accessible" },
          { numbers: "A029-A030", type: "family" },
        ],
      },
      {
        id: "l1-b",
        name: "Level 1 B",
        level: "1",
        spaces: [
          { numbers: "B001-B020", type: "standard", sensors: false },
          { numbers: "B021-B024", type: "ev" },
          { numbers: "B025-B030", type: "motorcycle" },
        ],
      },
      {
        id: "l2-c",
        name: "Level 2 C",
        level: "2",
        spaces: [
          { numbers: "C001-C026", type: "standard" },
          { numbers: "C027-C030", type: "compact" },
        ],
      },
      {
        id: "l2-d",
        name: "Level 2 D",
        level: "2",
        spaces: [
          { numbers: "D001-D024", type: "standard" },
          { numbers: "D025-D028", type: "reserved" },
          { numbers: "D029-D030", type: "oversize" },
        ],
      },
    ],
    wires: {
      "entry-1-relay": { kind: "rtu-over-tcp", host, port: ports["relay board of entry 1"] },
      "entry-1-contacts": { kind: "modbus-tcp", host, port: ports["contacts of entry 1"] },
      "entry-2-relay": { kind: "serial", path: ptys.entry2, baud: 9600 },
      "exit-1-board": { kind: "serial", path: ptys.exit1, baud: 9600 },
      "exit-1-contacts": { kind: "modbus-tcp", host, port: ports["contacts of exit 1"] },
      "exit-2-board": { kind: "modbus-tcp", host, port: ports["I/O board of exit 2"] },
      "exit-2-camera": { kind: "http", url: `http://${host}:${ports["barrier camera of exit 2"]}` },
    },
    lanes: [
      {
        id: "entry-1",
        name: "Entry 1",
        direction: "entry",
        gate: {
          profile: "waveshare-8ch",
          wire: "entry-1-relay",
          relay: 1,
          close_relay: 2,
          barrier: "faac",
        },
        inputs: {
          kind: "modbus",
          profile: "icpdas-et2260",
          wire: "entry-1-contacts",
          arming: 0,
          safety: 1,
          limit_open: 2,
          detector: "presence",
          fail_safe: true,
        },
        readers: [{ id: "cam-entry-1", format: "hikvision" }],
        sign: "sign-entry-1",
        read_valid_s: 30,
      },
      {
        id: "entry-2",
        name: "Entry 2",
        direction: "entry",
        gate: { profile: "lcus-ch340", wire: "entry-2-relay", relay: 1, barrier: "came" },
        inputs: {
          kind: "mqtt",
          device: "loops-entry-2",
          detector: "presence",
          fail_safe: true,
        },
        readers: [{ id: "cam-entry-2", format: "platerecognizer" }],
        sign: "sign-entry-2",
        read_valid_s: 30,
      },
      {
        id: "exit-1",
        name: "Exit 1",
        direction: "exit",
        gate: { profile: "wirenboard-mr6c", wire: "exit-1-board", relay: 1 },
        inputs: {
          kind: "modbus",
          profile: "adam-6060",
          wire: "exit-1-contacts",
          arming: 0,
          safety: 1,
          limit_open: 2,
          detector: "presence",
          fail_safe: true,
        },
        readers: [{ id: "cam-exit-1", format: "rekor" }],
        sign: "sign-exit-1",
        terminal: {
          kind: "zvt",
          id: "terminal-exit-1",
          host,
          port: ports["payment terminal of exit 1"],
        },
        read_valid_s: 30,
      },
      {
        id: "exit-2",
        name: "Exit 2",
        direction: "exit",
        gate: { profile: "dahua-strobe", wire: "exit-2-camera" },
        inputs: {
          kind: "modbus",
          profile: "moxa-e1214",
          wire: "exit-2-board",
          arming: 0,
          safety: 1,
          limit_open: 2,
          detector: "presence",
          fail_safe: true,
        },
        readers: [{ id: "cam-exit-2", format: "dahua" }],
        sign: "sign-exit-2",
        terminal: {
          kind: "zvt",
          id: "terminal-exit-2",
          host,
          port: ports["payment terminal of exit 2"],
        },
        read_valid_s: 30,
      },
    ],
    cameras: [
      {
        id: overheadCamera,
        source: {
          kind: "snapshot",
          url: `http://${host}:${ports["overhead camera"]}/snapshot.jpg`,
          every_s: Math.max(pictureEveryS, speed / picturesMost),
        },
        bays: overheadViewFile,
      },
    ],
    sensors: loraSensors,
    network_servers: ["chirpstack"],
    signs: [
      { id: "whole", kind: "browser", title: "Central Garage" },
      { id: "level-1-b", kind: "browser", zone: "l1-b", arrow: "right" },
    ],
    tills: [{ id: "till-1", name: "Till" }],
    business: {
      name: "Central Garage GmbH",
      address: "Marktplatz 1, 10178 Berlin",
      receipt_url: `http://${host}:${ports["kiosk and API"]}`,
    },
    http: {
      kiosk: { host, port: ports["kiosk and API"] },
      cameras: { host, port: ports["camera pushes"] },
    },
    mqtt: { host, port: ports.MQTT },
    cloud: { url: `http://${host}:${ports["head office"]}`, every_s: 5 },
    occupancy: { hold_s: 2, stale_s: 3600 },
  };
}
