import { z } from "zod";

const count = z.number().int().positive();
const hoursLong = z
  .number()
  .positive()
  .max(24 * 31);

/** More than `most` within a time are told of. */
const Often = (most: number, within: number) =>
  z.strictObject({ most: count.default(most), within_h: hoursLong.default(within) }).prefault({});

/** When money or vehicles behave in a way that a person should look at. No rule ever closes a gate. */
export const FraudRules = z.strictObject({
  enabled: z.boolean().default(true),
  /** Payments with one card, known by its scheme and last four digits. */
  card: Often(8, 2),
  /** Payments out of one account, or by its means on file. */
  account: Often(8, 2),
  /** Stays of one plate without a permit. */
  plate: Often(8, 24),
  /** Payments that one person took back. */
  voids: Often(4, 10),
  /** Payments that one person gave up. */
  nil: Often(5, 10),
  /** Gates that one person opened by hand. */
  openings: Often(25, 10),
  /** Different plates that one merchant pays for. */
  validations: Often(60, 1),
  /** A plate that left twice within so many hours, and was not seen coming in between. */
  exit_twice_h: hoursLong.default(24),
  /** Cash given back so soon after it was taken. */
  refund_after_cash_min: z.number().positive().default(15),
  /** A ticket used by a vehicle that came in so much earlier than the ticket did. */
  ticket_swap_min: z.number().positive().default(30),
  /** Charges that failed or were lost at one terminal or gateway without one that succeeded. */
  payment_failures: Often(5, 1),
});
export type FraudRules = z.infer<typeof FraudRules>;
