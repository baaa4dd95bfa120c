import { z } from "zod";

/**
 * Who may come in. `full`: only vehicles with a right of their own; `closed`: the same, out of hours;
 * `closed-to-all`: nobody. Exits let vehicles out in every mode. From least to most restrictive.
 */
export const laneModes = ["open", "full", "closed", "closed-to-all"] as const;
export type LaneMode = (typeof laneModes)[number];

/** What a barrier can be told besides "open once"; the words of the port `Gate`. */
export const gateOrders = ["close", "hold-open", "let-go", "lock", "unlock"] as const;

const reason = z.string().trim().min(1, "say why").max(200);

/** `POST /api/mode` for the facility, `POST /api/lanes/{lane_id}/mode` for one lane; the stricter of both counts. */
export const ModeRequest = z.object({ mode: z.enum(laneModes), reason });
export type ModeRequest = z.infer<typeof ModeRequest>;

/** `POST /api/lanes/{lane_id}/order`: what a barrier can be told besides "open once". */
export const OrderRequest = z.object({ order: z.enum(gateOrders), reason });
export type OrderRequest = z.infer<typeof OrderRequest>;

/** `POST /api/lanes/{lane_id}/direction` of a reversible lane. */
export const TurnRequest = z.object({ direction: z.enum(["entry", "exit"]), reason });
export type TurnRequest = z.infer<typeof TurnRequest>;

/** `POST /api/lanes/{lane_id}/call`: somebody else is to look, a supervisor perhaps; what is to be known stands there. */
export const CallRequest = z.object({ reason });
export type CallRequest = z.infer<typeof CallRequest>;

/** What became of any of these, in one sentence. */
export const LaneAnswer = z.object({ lane_id: z.string().nullable(), sentence: z.string() });
export type LaneAnswer = z.infer<typeof LaneAnswer>;

/** `GET /api/lanes/{lane_id}/transitions`: how the lane went from phase to phase, newest first. */
export const TransitionsData = z.object({
  lane_id: z.string(),
  transitions: z.array(
    z.object({
      at: z.iso.datetime(),
      from: z.string(),
      to: z.string(),
      /** What made it do so: an input, a timer, a command, an answer. */
      cause: z.string(),
      passage_id: z.string().nullable(),
    }),
  ),
});
export type TransitionsData = z.infer<typeof TransitionsData>;
