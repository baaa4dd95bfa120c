import { instantOf } from "@gatehouse/shared/time";
import { z } from "zod";
import { devEuiOf, type Envelope, frameBytes, refusedEnvelope } from "./uplink.ts";

/** What only describes the radio never costs a word about a space. */
const number = z.number().nullish().catch(undefined);
const count = z.number().int().nonnegative().max(0xffff_ffff).nullish();
const time = z.iso.datetime({ offset: true }).nullish().catch(undefined);

const Gateway = z.object({ rssi: number, snr: number, loRaSNR: number, time, nsTime: time });

/** What ChirpStack 3 and 4 and Milesight's gateways write about every event of a device. */
const Event = z.object({
  deduplicationId: z.string().max(64).nullish(),
  time,
  deviceInfo: z.object({ devEui: z.string() }).optional(),
  devEUI: z.string().optional(),
  devAddr: z.string().nullish(),
  fCnt: count,
  fPort: z.number().int().min(0).max(255).nullish(),
  data: z.string().nullish(),
  object: z.unknown().optional(),
  objectJSON: z.string().nullish(),
  rxInfo: z.array(Gateway).nullish().catch([]),
  txInfo: z.unknown().optional(),
  joinServerContext: z.unknown().optional(),
  margin: number,
  batteryLevel: number,
  batteryLevelUnavailable: z.boolean().nullish(),
});
type Event = z.infer<typeof Event>;

/**
 * Reads an event of ChirpStack 4, ChirpStack 3 (either of its two forms of JSON) or a Milesight gateway.
 *
 * @param event what the topic or the request says it is; undefined: told by what is in it
 */
export function readChirpStack(value: unknown, event: string | undefined): Envelope {
  const parsed = Event.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refusedEnvelope(`${issue?.path.join(".") || "the whole"}: ${issue?.message}`);
  }
  const told = parsed.data;
  const devEui = devEuiOf(told.deviceInfo?.devEui ?? told.devEUI ?? "");
  if (devEui === undefined)
    return refusedEnvelope("it names no device by a DevEUI of 16 hex digits");
  const kind = event ?? kindOf(told);
  if (kind === "join") return { kind, devEui };
  if (kind === "status") return { kind, devEui, batteryPercent: batteryOf(told) };
  if (kind !== "up") return { kind: "other", devEui, what: kind };
  return uplinkOf(told, devEui);
}

const isThere = (member: unknown): boolean => member !== undefined && member !== null;

/** A webhook may be told which event it is only in its address, which not every proxy keeps. */
function kindOf(told: Event): string {
  if ([told.rxInfo, told.txInfo, told.data, told.fCnt].some(isThere)) return "up";
  if ([told.margin, told.batteryLevel, told.batteryLevelUnavailable].some(isThere)) return "status";
  return isThere(told.devAddr) ? "join" : "other";
}

function batteryOf({ batteryLevel, batteryLevelUnavailable }: Event): number | undefined {
  if (batteryLevelUnavailable === true) return undefined;
  if (typeof batteryLevel !== "number" || batteryLevel < 0 || batteryLevel > 100) return undefined;
  return batteryLevel;
}

function uplinkOf(told: Event, devEui: string): Envelope {
  if (isThere(told.joinServerContext)) {
    return refusedEnvelope("its data is still encrypted: give the server the device's AppSKey");
  }
  const bytes = frameBytes(told.data);
  if (bytes === undefined) return refusedEnvelope("data: no base64 of at most 255 bytes");
  // ChirpStack 4 leaves out what is 0; a Milesight gateway leaves out what it is told to leave out.
  const isVersion4 = told.deviceInfo !== undefined;
  const fPort = told.fPort ?? (isVersion4 ? 0 : undefined);
  const best = (told.rxInfo ?? []).toSorted((a, b) => (b.rssi ?? -999) - (a.rssi ?? -999)).at(0);
  const at = told.time ?? best?.nsTime ?? best?.time;
  return {
    kind: "uplink",
    uplink: {
      devEui,
      fPort,
      fCnt: told.fCnt ?? (isVersion4 ? 0 : undefined),
      // Port 0 belongs to the network itself.
      bytes: fPort === 0 ? Buffer.alloc(0) : bytes,
      decoded: told.object ?? jsonIn(told.objectJSON),
      at: at === undefined || at === null ? undefined : instantOf(at),
      rssi: best?.rssi ?? undefined,
      snr: best?.snr ?? best?.loRaSNR ?? undefined,
      session: addressOf(told.devAddr ?? ""),
      frameId: told.deduplicationId ?? undefined,
    },
  };
}

/** A device's address in lower-case hex; protobuf JSON writes it as base64. */
function addressOf(text: string): string | undefined {
  if (text === "") return undefined;
  return /^[A-Za-z0-9+/]{6}==$/.test(text)
    ? Buffer.from(text, "base64").toString("hex")
    : text.toLowerCase();
}

function jsonIn(text: string | null | undefined): unknown {
  if (text === undefined || text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
