import type { Instant } from "@gatehouse/shared/time";

/** One radio frame of a sensor, as a network server passed it on; its envelope is gone. */
export interface Uplink {
  /** 16 lower-case hex digits. */
  readonly devEui: string;
  /** Undefined where the server is set to leave it out. */
  readonly fPort: number | undefined;
  /** The device's frame counter, 32 bits; undefined where the server is set to leave it out. */
  readonly fCnt: number | undefined;
  /** Decrypted. Empty: nothing measured, but the sensor lives. */
  readonly bytes: Buffer;
  /** What a codec on the server made of the bytes; undefined without one. */
  readonly decoded: unknown;
  /** When the network heard it. */
  readonly at: Instant | undefined;
  /** Of the gateway that heard it best: dBm and dB. */
  readonly rssi: number | undefined;
  readonly snr: number | undefined;
  /** Names the device's session; its frame counter begins anew with another one. */
  readonly session: string | undefined;
  /** The server's own name of the frame, the same when it is delivered again. */
  readonly frameId: string | undefined;
}

/** What a network server says. Only an uplink can move a space. */
export type Envelope =
  | { readonly kind: "uplink"; readonly uplink: Uplink }
  /** The device has joined (again): its counters begin anew. */
  | { readonly kind: "join"; readonly devEui: string }
  | {
      readonly kind: "status";
      readonly devEui: string;
      /** 0–100. */
      readonly batteryPercent: number | undefined;
    }
  /** An event that says nothing about a sensor's world. */
  | { readonly kind: "other"; readonly devEui: string; readonly what: string }
  | { readonly kind: "refused"; readonly why: string };

export const refusedEnvelope = (why: string): Envelope => ({ kind: "refused", why });

/** A DevEUI in lower-case hex; written by servers as hex or, in protobuf JSON, as base64. @returns undefined for anything else */
export function devEuiOf(text: string): string | undefined {
  if (/^[0-9a-f]{16}$/i.test(text)) return text.toLowerCase();
  // Some write it in pairs: a8-17-58-ff-fe-0a-1b-2c.
  if (/^[0-9a-f]{2}([:-][0-9a-f]{2}){7}$/i.test(text))
    return text.replaceAll(/[:-]/g, "").toLowerCase();
  if (/^[A-Za-z0-9+/]{11}=$/.test(text)) return Buffer.from(text, "base64").toString("hex");
  return undefined;
}

/** More than LoRaWAN carries is no frame. */
const longestFrame = 255;

/** The bytes of a frame. @returns undefined when it is no base64, or no frame is so long; missing or empty: none */
export function frameBytes(data: string | null | undefined): Buffer | undefined {
  if (data === undefined || data === null || data === "") return Buffer.alloc(0);
  const isBase64 = data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data);
  if (!isBase64) return undefined;
  const bytes = Buffer.from(data, "base64");
  return bytes.length > longestFrame ? undefined : bytes;
}
