/**
 * A billable stay from gate to gate (requirements D, ParkingSession). `pending`: admitted, not yet seen passing.
 * `exiting`: the exit gate was commanded for it. `closed-assumed`: the exit was never seen; it opens again
 * when its plate turns up at an exit. `superseded`: it was of the same vehicle as another one, which goes on.
 */
export const sessionStatuses = [
  "pending",
  "open",
  "paid-grace",
  "exiting",
  "closed",
  "cancelled",
  "closed-unpaid",
  "closed-assumed",
  "superseded",
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** The vehicle may be inside. */
export const insideStatuses = ["pending", "open", "paid-grace", "exiting"] as const;

const moves: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  pending: ["open", "cancelled", "paid-grace", "exiting", "closed-assumed", "superseded"],
  open: ["paid-grace", "exiting", "closed", "closed-unpaid", "closed-assumed", "superseded"],
  "paid-grace": ["open", "exiting", "closed", "closed-unpaid", "closed-assumed", "superseded"],
  exiting: ["open", "paid-grace", "closed", "closed-unpaid", "closed-assumed"],
  closed: [],
  cancelled: [],
  "closed-unpaid": [],
  "closed-assumed": ["open", "superseded"],
  superseded: [],
};

/** Whether a session in `from` may become `to`; staying the same is always allowed. */
export const mayBecome = (from: SessionStatus, to: SessionStatus): boolean =>
  from === to || moves[from].includes(to);
