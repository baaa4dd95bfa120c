import { z } from "zod";
import { Ack, Batch, HeldPlace } from "../batch.ts";
import { DirectivePage } from "../directive.ts";
import { Joined, JoinRequest, NextToken, NextTokenTaken } from "../enrolment.ts";
import { v1Route } from "./route.ts";

/* What a facility's box says and asks, with its own token; and the mailbox of payment gateways. */

const area = "A facility's box";
const facility = "/v1/facilities/{facility_id}";
const wholeNumber = z.string().regex(/^\d{1,15}$/, "write a whole number, for example 0");

export const sendBatch = v1Route({
  id: "sendBatch",
  method: "POST",
  path: `${facility}/batches`,
  area,
  summary: "Takes the next ledger lines and the spaces that changed; the answer is cumulative.",
  access: { kind: "facility" },
  body: Batch,
  answer: Ack,
  problems: [
    "other-facility",
    "ledger-hole",
    "ledger-old-epoch",
    "ledger-fork",
    "ledger-broken-chain",
    "busy",
  ],
});

/** What head office holds of an epoch of the ledger. */
export const PlaceAsked = z.object({
  epoch: wholeNumber.transform(Number),
  seq: wholeNumber.transform(Number),
});

export const getHeldPlace = v1Route({
  id: "getHeldPlace",
  method: "GET",
  path: `${facility}/ledger`,
  area,
  summary: "How far head office holds the box's ledger.",
  access: { kind: "facility" },
  query: PlaceAsked,
  answer: HeldPlace,
});

export const giveNextToken = v1Route({
  id: "giveNextToken",
  method: "POST",
  path: `${facility}/tokens`,
  area,
  summary: "Makes the box's next token known; its first use ends the present one.",
  access: { kind: "facility" },
  body: NextToken,
  answer: NextTokenTaken,
  problems: ["too-many-tokens"],
});

export const getDirectives = v1Route({
  id: "getDirectives",
  method: "GET",
  path: `${facility}/directives`,
  area,
  summary: "What head office decided for the facility, above a number, in order.",
  access: { kind: "facility" },
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,9}$/, "write a whole number, for example 0")
      .optional(),
  }),
  answer: DirectivePage,
});

export const join = v1Route({
  id: "join",
  method: "POST",
  path: "/v1/join",
  area,
  summary: "Lets a new box in, for the one-time code that a technician types.",
  access: { kind: "anyone", why: "who joins has a code and no token yet" },
  body: JoinRequest,
  answer: Joined,
  problems: ["no-such-code", "code-expired", "code-used", "too-many-tries"],
});

export const sendCallback = v1Route({
  id: "sendCallback",
  method: "POST",
  path: "/v1/callbacks/{facility_id}/{gateway}",
  area,
  summary: "Keeps what a payment gateway sends, unread, until the facility fetches it.",
  access: { kind: "anyone", why: "a gateway signs what it sends, and the facility checks it" },
  answer: "nothing",
  problems: ["no-such-facility", "too-large", "too-many-callbacks", "mailbox-full"],
});
