import { instantOf } from "@gatehouse/shared/time";
import { z } from "zod";
import { devEuiOf, type Envelope, frameBytes, refusedEnvelope } from "./uplink.ts";

const time = z.iso.datetime({ offset: true }).optional().catch(undefined);

const Message = z.object({
  end_device_ids: z.object({ dev_eui: z.string(), dev_addr: z.string().optional() }),
  received_at: time,
  simulated: z.boolean().optional(),
  join_accept: z.unknown().optional(),
  uplink_message: z
    .object({
      session_key_id: z.string().optional(),
      // Protobuf JSON: what is 0, false or empty is left out.
      f_port: z.number().int().min(0).max(255).default(0),
      f_cnt: z.number().int().nonnegative().max(0xffff_ffff).default(0),
      frm_payload: z.string().nullish(),
      decoded_payload: z.unknown().optional(),
      rx_metadata: z
        .array(z.object({ rssi: z.number().optional(), snr: z.number().optional() }))
        .default([])
        .catch([]),
      received_at: time,
    })
    .optional(),
});

/** Reads a message of The Things Stack 3: the member that is there tells its kind, and only an uplink counts. */
export function readThingsStack(value: unknown): Envelope {
  const parsed = Message.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refusedEnvelope(`${issue?.path.join(".") || "the whole"}: ${issue?.message}`);
  }
  const { end_device_ids: ids, uplink_message: up, join_accept: join, ...rest } = parsed.data;
  const devEui = devEuiOf(ids.dev_eui);
  if (devEui === undefined) return refusedEnvelope("end_device_ids.dev_eui has no 16 hex digits");
  if (join !== undefined && join !== null) return { kind: "join", devEui };
  if (up === undefined) return { kind: "other", devEui, what: kindOf(value) };
  // Typed by somebody in the server's console: it never moves a space.
  if (rest.simulated === true) return { kind: "other", devEui, what: "simulated" };
  const bytes = frameBytes(up.frm_payload);
  if (bytes === undefined) return refusedEnvelope("frm_payload: no base64 of at most 255 bytes");
  const best = up.rx_metadata.toSorted((a, b) => (b.rssi ?? -999) - (a.rssi ?? -999)).at(0);
  // The inner time is the network server's, nearer to the radio.
  const at = up.received_at ?? rest.received_at;
  return {
    kind: "uplink",
    uplink: {
      devEui,
      fPort: up.f_port,
      fCnt: up.f_cnt,
      bytes: up.f_port === 0 ? Buffer.alloc(0) : bytes,
      decoded: up.decoded_payload,
      at: at === undefined ? undefined : instantOf(at),
      rssi: best?.rssi,
      snr: best?.snr,
      session: ids.dev_addr?.toLowerCase() ?? up.session_key_id,
      frameId: undefined,
    },
  };
}

/** The member that tells the kind, as the server names it. */
function kindOf(value: unknown): string {
  const members = Object.keys(value as object);
  const header = ["end_device_ids", "correlation_ids", "received_at", "simulated"];
  return members.find((name) => !header.includes(name)) ?? "empty";
}
