import { z } from "zod";

const minor = z.number().int().nonnegative();

/** What people may do with money, and how much of it by themselves. */
export const MoneyRules = z.strictObject({
  /** Refunds above it need a second person's agreement; whole minor units. */
  refund_limit_minor: minor.default(5000),
  /** Smallest coin of the drawers where small ones are gone (5 in Switzerland, 100 in Sweden); 1: none is gone. */
  cash_step_minor: z.number().int().positive().default(1),
  /** Online money that came after its stay was settled otherwise goes back by itself; else a person is asked. */
  refund_late_payments: z.boolean().default(true),
  /** How long a driver's page for paying stays open. */
  online_offer_min: z.number().int().min(5).max(60).default(30),
});
export type MoneyRules = z.infer<typeof MoneyRules>;
