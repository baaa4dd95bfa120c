import { z } from "zod";

/** What became of a ticket, in one sentence. */
export const ParkingTicketAnswer = z.object({
  lane_id: z.string(),
  /** Null where no single session was found. */
  session_id: z.string().nullable(),
  sentence: z.string(),
});
export type ParkingTicketAnswer = z.infer<typeof ParkingTicketAnswer>;
