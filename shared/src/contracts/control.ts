import { z } from "zod";

/**
 * The daemon's control socket (a Unix socket, mode 0600): one JSON request a line, one JSON answer a line.
 * Who may open the socket is trusted as a technician; `actor` names the person.
 */
export const ControlRequest = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("status") }),
  z.object({ verb: z.literal("doctor") }),
  z.object({ verb: z.literal("devices") }),
  z.object({ verb: z.literal("sync-status") }),
  z.object({ verb: z.literal("why"), id: z.string().min(1) }),
  z.object({
    verb: z.literal("gate-open"),
    lane_id: z.string(),
    reason: z.string().min(1).max(200),
    actor: z.string().min(1).max(64),
    request_id: z.string().min(8).max(64),
  }),
]);
export type ControlRequest = z.infer<typeof ControlRequest>;

/** `exit_code` follows the house rule: 0 done or healthy, 1 attention, 2 refused or a failed check, 3 fault. */
export const ControlAnswer = z.object({
  exit_code: z.number().int(),
  /** First line for a person: the verdict. */
  verdict: z.string(),
  data: z.unknown(),
});
export type ControlAnswer = z.infer<typeof ControlAnswer>;
