import { z } from "zod";
import { writtenCode } from "./validations.ts";

/*
 * What a driver's phone asks and is told, without a login. A plate can be read off any car, so it shows an amount and
 * how many minutes and nothing else; a ticket's number names nobody, and shows what the price is made of too.
 */

const minor = z.number().int().nonnegative();
const instant = z.iso.datetime();

/** Whose stay: the plate as a person writes it, or the number as it is printed on the ticket. */
const whose = {
  plate: z.string().trim().min(1).max(20).optional(),
  ticket: z.string().trim().min(1).max(20).optional(),
};
const isOne = ({ plate, ticket }: { plate?: string | undefined; ticket?: string | undefined }) =>
  (plate === undefined) !== (ticket === undefined);
const oneOfThem = { path: ["plate"], message: "give the plate or the ticket's number" };

/** `GET /api/pay`: where the driver is, and how phones can pay there. */
export const DriverPage = z.object({
  facility: z.string(),
  timezone: z.string(),
  currency: z.string(),
  /** Ids of the gateways; empty: nobody pays by phone here. */
  gateways: z.array(z.string()),
});
export type DriverPage = z.infer<typeof DriverPage>;

/** `POST /api/pay/due` */
export const DriverLook = z.object(whose).refine(isOne, oneOfThem);
export type DriverLook = z.infer<typeof DriverLook>;

/** `POST /api/pay/code`: the driver has a shop's code; answers what is due then. */
export const DriverCode = z.object({ ...whose, code: writtenCode }).refine(isOne, oneOfThem);
export type DriverCode = z.infer<typeof DriverCode>;

export const DriverDue = z.object({
  /** `left`: the vehicle has gone, and its stay was not paid. */
  stay: z.enum(["inside", "left"]),
  /** Whole minutes from coming in until now, or until it left. */
  minutes: minor,
  currency: z.string(),
  /** The whole price, of which what was paid and what merchants give is taken away. */
  total_minor: minor,
  paid_minor: minor,
  given_minor: minor,
  due_minor: minor,
  /** Seconds in which the exit asks for nothing more; null: no such time runs. */
  leave_within_s: minor.nullable(),
  /** Only where a ticket was shown, and it is known. */
  lines: z.array(
    z.object({ rule: z.string(), from: instant, to: instant, minor: z.number().int() }),
  ),
});
export type DriverDue = z.infer<typeof DriverDue>;

/**
 * `POST /api/pay/offer`: a gateway's page where what is due is paid. Its `request_id` is the phone's own secret: with
 * it the phone asks later what became of it, and nobody else can.
 */
export const DriverOfferRequest = z
  .object({ ...whose, request_id: z.uuid(), gateway: z.string().min(1).max(64) })
  .refine(isOne, oneOfThem);
export type DriverOfferRequest = z.infer<typeof DriverOfferRequest>;

export const DriverOffer = z.object({ url: z.url(), amount_minor: minor, expires_at: instant });
export type DriverOffer = z.infer<typeof DriverOffer>;

/** `GET /api/pay/payments/{request_id}` */
export const DriverPayment = z.object({
  /**
   * `waiting`: the gateway has not told of any money; `declined`: nothing was paid and nothing will be; `returned`: it
   * was paid another way, and the money went back.
   */
  state: z.enum(["waiting", "paid", "declined", "returned"]),
  amount_minor: minor,
  currency: z.string(),
  /** The gateway's page while it can be paid there. */
  url: z.url().nullable(),
  /** What is owed beside it. */
  due_minor: minor,
  leave_within_s: minor.nullable(),
  /** Where the receipt's page is, on this host. */
  receipt: z.string().nullable(),
});
export type DriverPayment = z.infer<typeof DriverPayment>;
