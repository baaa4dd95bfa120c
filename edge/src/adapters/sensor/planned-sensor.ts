import type { SensorCodec } from "./codec.ts";
import type { SensorMapping } from "./mapping.ts";

/** How a sensor's messages are read. */
export type SensorReader =
  | { readonly kind: "plain" }
  | { readonly kind: "codec"; readonly codec: SensorCodec }
  | { readonly kind: "mapping"; readonly mapping: SensorMapping };

/** One sensor as the configuration places it. */
export interface PlannedSensor {
  /** A DevEUI in lower-case hex, or a client id of the broker. */
  readonly id: string;
  readonly make: string;
  readonly reader: SensorReader;
  /** The number of the space that it watches. */
  readonly spaceId?: string;
  /** The zone that it counts for, and which of its directions leads into it. */
  readonly counter?: { readonly zoneId: string; readonly into: "left" | "right" };
  /** How sure its word about a space is, 0–1. */
  readonly confidence: number;
  /** Anything nearer than this is a vehicle; undefined: it knows by itself. */
  readonly occupiedBelowMm?: number;
  /** Its last word counts for so long. */
  readonly silentAfterH: number;
  readonly batteryLowPercent: number;
}

/** A sensor with our own JSON under one space. */
export const plainSensor = (id: string, spaceId: string): PlannedSensor => ({
  id,
  make: `MQTT sensor ${id}`,
  reader: { kind: "plain" },
  spaceId,
  confidence: 1,
  silentAfterH: 1,
  batteryLowPercent: 15,
});
