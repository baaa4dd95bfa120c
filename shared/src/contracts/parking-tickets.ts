import { z } from "zod";

/** What became of a ticket, in one sentence. */
export const ParkingTicketAnswer = z.object({
  lane_id: z.string(),
  /** Null where no single session was found. */
  session_id: z.string().nullable(),
  sentence: z.string(),
});
export type ParkingTicketAnswer = z.infer<typeof ParkingTicketAnswer>;

/** `POST /api/lanes/{lane_id}/ticket` and `/reprint`: the number as it is printed, or the text of the code. */
export const ShowTicketRequest = z.object({ number: z.string().trim().min(1).max(600) });

/** `POST /api/lanes/{lane_id}/lost-ticket`: what the driver can tell instead. */
export const LostTicketRequest = z.object({
  plate: z.string().max(20).optional(),
  entered_at: z.iso.datetime({ offset: true }).optional(),
  reason: z.string().trim().min(1, "say why").max(200),
});
