/**
 * One attempt to take money. `started` is written before the terminal is asked. `unknown`: the answer was
 * lost; it is resolved by enquiry and never by charging again. `failed`: surely nothing was booked.
 */
export const paymentStatuses = ["started", "captured", "declined", "failed", "unknown"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

const moves: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  started: ["captured", "declined", "failed", "unknown"],
  unknown: ["captured", "failed"],
  captured: [],
  declined: [],
  failed: [],
};

export const paymentMayBecome = (from: PaymentStatus, to: PaymentStatus): boolean =>
  moves[from].includes(to);
