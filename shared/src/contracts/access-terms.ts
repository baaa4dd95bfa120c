import { z } from "zod";

/** A plate as rights and lists name it. */
export const plateText = z.string().regex(/^[A-Z0-9]{1,12}$/, "normalised plate: A–Z and 0–9");

/** A day as a right counts it: a public holiday of the facility is `holiday` and no day of the week. */
export const dayKinds = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;
export type DayKind = (typeof dayKinds)[number];

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Hours of some days on the facility's own wall clock, from `from` until just before `until`. A window that ends
 * before it begins, or as it begins, runs into the next day and belongs to the day on which it began.
 */
export const TimeWindow = z.object({
  days: z.array(z.enum(dayKinds)).min(1),
  from: z.string().regex(clockTime, "write HH:MM, 00:00 to 23:59"),
  until: z
    .string()
    .refine((text) => text === "24:00" || clockTime.test(text), "write HH:MM, 00:00 to 24:00"),
});
export type TimeWindow = z.infer<typeof TimeWindow>;

/**
 * What becomes of a vehicle whose right does not reach: it is refused, it comes in as everybody does and pays, or it
 * comes in under its right and the session is flagged. The first two are hard, the last is soft.
 */
export const overruns = ["refuse", "transient", "let-in"] as const;
export type Overrun = (typeof overruns)[number];

/**
 * Whether a permit whose vehicle is in may come in once more: `off` it may, `soft` it may and is flagged, `hard` it
 * may not, `timed` it may not for so many minutes after it came in.
 */
export const AntiPassback = z.discriminatedUnion("mode", [
  z.object({ mode: z.enum(["off", "soft", "hard"]) }),
  z.object({ mode: z.literal("timed"), minutes: z.number().int().min(1).max(10_080) }),
]);
export type AntiPassback = z.infer<typeof AntiPassback>;

/** When, where and how often a right may be used; what is left out limits nothing. */
export const accessTerms = {
  windows: z.array(TimeWindow).max(50).optional(),
  /** Outside its windows; left out: `transient`. */
  outside_windows: z.enum(overruns).optional(),
  anti_passback: AntiPassback.optional(),
};

export const permitKinds = ["season", "staff", "resident"] as const;
export const visitorKinds = ["visitor", "contractor"] as const;

/** Whose a list entry or a visitor is: head office's are shown at the facility and changed at head office. */
export const owners = ["head-office", "facility"] as const;
export type Owner = (typeof owners)[number];

/** The life of a reservation (requirements D). It holds a place while it is confirmed or allocated. */
export const reservationStatuses = [
  "draft",
  "held",
  "confirmed",
  "allocated",
  "checked-in",
  "completed",
  "no-show",
  "cancelled",
  "expired",
  "moved",
] as const;
export type ReservationStatus = (typeof reservationStatuses)[number];
