import { z } from "zod";

const requestId = z.string().min(8).max(64);

/** What became of a ticket, in one sentence. */
export const ParkingTicketAnswer = z.object({
  lane_id: z.string(),
  /** Null where no single session was found. */
  session_id: z.string().nullable(),
  sentence: z.string(),
});
export type ParkingTicketAnswer = z.infer<typeof ParkingTicketAnswer>;

/** `POST /api/lanes/{lane_id}/issue-ticket`; of every request here the same `request_id` twice is one. */
export const IssueTicketRequest = z.object({ request_id: requestId });
export type IssueTicketRequest = z.infer<typeof IssueTicketRequest>;

/** `POST /api/lanes/{lane_id}/ticket`: the number as it is printed, or the text of the code. */
export const ShowTicketRequest = z.object({
  request_id: requestId,
  number: z.string().trim().min(1).max(600),
});
export type ShowTicketRequest = z.infer<typeof ShowTicketRequest>;

/** `POST /api/lanes/{lane_id}/reprint`; `reason` stands in the ledger. */
export const ReprintTicketRequest = ShowTicketRequest.extend({
  reason: z.string().trim().min(1, "say why").max(200).default("the paper cannot be used"),
});

/** `POST /api/lanes/{lane_id}/lost-ticket`: what the driver can tell instead. */
export const LostTicketRequest = z.object({
  request_id: requestId,
  plate: z.string().max(20).optional(),
  /** ISO 8601; without an offset it is the facility's clock. */
  entered_at: z.string().min(10).max(40).optional(),
  reason: z.string().trim().min(1, "say why").max(200),
});
export type LostTicketRequest = z.infer<typeof LostTicketRequest>;

const actor = z.string().min(1).max(64);

/** What the control socket takes of tickets and their printers. */
export const parkingTicketRequests = [
  /** The text of the code, or the number as it is printed. */
  z.object({ verb: z.literal("parking-ticket-check"), ticket: ShowTicketRequest.shape.number }),
  z.object({
    verb: z.literal("parking-ticket-reprint"),
    lane_id: z.string(),
    actor,
    ...ReprintTicketRequest.shape,
  }),
  z.object({
    verb: z.literal("parking-ticket-lost"),
    lane_id: z.string(),
    actor,
    ...LostTicketRequest.shape,
  }),
  z.object({ verb: z.literal("printer-test"), printer_id: z.string() }),
] as const;

/** `data` of an answer to `printer-test`. */
export const PrinterTestData = z.object({ printer_id: z.string(), sentence: z.string() });
export type PrinterTestData = z.infer<typeof PrinterTestData>;
