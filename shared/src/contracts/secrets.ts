import { z } from "zod";
import { OnlineGatewaySecret } from "./online-config.ts";
import { identifier } from "./topics.ts";

/**
 * What a daemon must keep to itself: `secrets.json` beside the book, mode 0600. High-entropy tokens are kept
 * as SHA-256 (hex); PINs, which a person can guess, as scrypt with a salt.
 */
export const Secrets = z.object({
  /** MQTT client id → SHA-256 of its password. */
  mqtt: z.record(z.string(), z.string()),
  /** Reader id → SHA-256 of its token (`Authorization: Token …` or the last part of the push path). */
  readers: z.record(z.string(), z.string()),
  operators: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.enum(["attendant", "supervisor", "technician"]),
      /** `scrypt$<salt hex>$<key hex>`, N = 16384, r = 8, p = 1, 32 bytes. */
      pin: z.string(),
    }),
  ),
  cloud_token: z.string().optional(),
  /** ZVT password, six digits, by terminal id. */
  terminals: z.record(z.string(), z.string().regex(/^\d{6}$/, "a ZVT password has six digits")),
  /** Keys of payment gateways, by the gateway's id. */
  gateways: z.record(z.string(), OnlineGatewaySecret).default({}),
  /** What the daemon signs in with at a camera, by camera id. */
  cameras: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
  /** What it signs in with at a camera that switches relays, by the id of its wire. */
  devices: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
});
export type Secrets = z.infer<typeof Secrets>;

/** `DATA/first-start.json`, mode 0600: what a person needs to sign in, made once. */
export const FirstStart = z.object({
  operators: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.string(), pin: z.string() }),
  ),
  head_office_token: z.string(),
  /** Whose token `facility_token` is; head office must know it. */
  facility_id: identifier.optional(),
  facility_token: z.string(),
});
export type FirstStart = z.infer<typeof FirstStart>;
