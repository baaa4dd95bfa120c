import type { Problem } from "@gatehouse/shared/contracts/problem";
import { problem } from "@gatehouse/shared/refusal";

/** What a face refuses before anyone else is asked. */
export const problems = {
  notSignedIn: problem(401, "not-signed-in", "Nobody is signed in here.", "Sign in with your PIN."),
  notAllowed: problem(403, "not-allowed", "Your role may not do this.", "Ask a supervisor."),
  foreignOrigin: problem(
    403,
    "foreign-origin",
    "This request did not come from the kiosk's own page.",
    "Send an Origin header that names this host.",
  ),
  wrongPin: problem(401, "wrong-pin", "That name and PIN do not belong together."),
  lockedOut: problem(
    429,
    "locked-out",
    "Too many wrong PINs.",
    "Wait as long as Retry-After says (seconds), then try again.",
  ),
  busy: problem(503, "busy", "Too many people are signing in at once.", "Try again in a moment."),
  tooManyOpenings: problem(
    429,
    "too-many-openings",
    "This person has opened gates too often in the last minute.",
    "Wait a minute; to keep a lane open, hold its barrier open at the cabinet.",
  ),
  tooManyViewers: problem(503, "too-many-viewers", "Too many live pages are open."),
  tooLarge: (bytes: number) =>
    problem(413, "too-large", `The request is larger than ${Math.round(bytes / 1024)} KiB.`),
  wrongType: problem(
    415,
    "wrong-type",
    "The request is not JSON.",
    "Send Content-Type: application/json.",
  ),
  notAPicture: problem(
    415,
    "wrong-type",
    "This is not a picture that can be looked at.",
    "Send a JPEG or PNG as image/jpeg or image/png.",
  ),
  noIfMatch: problem(
    428,
    "drawing-not-named",
    "The request does not say which drawing it replaces.",
    "Send If-Match with the ETag of the drawing that you changed.",
  ),
  notJson: problem(400, "not-json", "The request is not readable JSON."),
  tooDeep: problem(400, "too-deep", "The request is nested more than 16 levels deep."),
  noSuchPage: problem(404, "no-such-page", "There is nothing at this address."),
  noSuchLane: problem(404, "unknown-lane", "There is no such lane."),
  noSuchSign: {
    type: "no-such-sign",
    title: "No display with this name is a page.",
    status: 404,
    hint: "Displays that are pages stand in facility.yaml under signs with kind: browser.",
  },
  noSuchPicture: problem(
    404,
    "no-such-picture",
    "No picture is kept of this read.",
    "Pictures are kept for retention.plate_crops_days days.",
  ),
  noSuchDocument: problem(404, "unknown-document", "There is no such document."),
  noSuchDevice: problem(404, "unknown-device", "No such device was ever known."),
  noSuchCamera: problem(404, "unknown-camera", "There is no such camera."),
  cameraBusy: problem(
    503,
    "camera-busy",
    "This camera is already sending.",
    "Send one frame after the other.",
  ),
  noFrame: problem(
    400,
    "no-tracking-data",
    "This is no message of a vision worker.",
    "Send its metadata, or the whole message with camera_id and metadata.",
  ),
  wrongToken: problem(
    401,
    "wrong-token",
    "No such camera, or not its token.",
    "Send the camera's own token as `Authorization: Bearer …`.",
  ),
  noSuchMerchant: problem(
    401,
    "no-such-merchant",
    "This is no merchant's token.",
    "Send the token as `Authorization: Bearer …`; a supervisor makes a new one.",
  ),
  noSuchPress: problem(404, "no-such-payment", "Nothing was asked for under this id."),
  gatewayAway: problem(
    503,
    "gateway-away",
    "Nobody can be paid by phone just now.",
    "Nothing was taken; try again, or pay at the till or at the exit.",
  ),
  slowDown: problem(
    429,
    "slow-down",
    "That was asked too often.",
    "Wait as long as Retry-After says (seconds), then try again.",
  ),
  noSuchAlert: problem(404, "no-such-alert", "There is no such open alert; it may be resolved."),
  noSuchFact: problem(
    404,
    "no-such-fact",
    "The ledger knows no decision, session, passage, payment or command with this id.",
  ),
  pageMissing: problem(
    503,
    "page-not-built",
    "The kiosk's page is not built.",
    "Start with `npm start`, which builds it, or run `node scripts/build-pages.ts`.",
  ),
  broken: problem(
    500,
    "broken",
    "The daemon could not answer; this is a bug.",
    "Its log tells what happened.",
  ),
} as const satisfies Record<string, Problem | ((bytes: number) => Problem)>;

/** What to write into the parts of an address that may be wrong. */
const questionParts: Readonly<Record<string, string>> = {
  camera_id: "name the camera, for example ?camera_id=CAM1",
  days: "write whole days from 1 to 366",
  subject_id: "say what is paid, for example ?subject_id= and the session's id",
  merchant_id: "name the merchant, for example ?merchant_id=bakery",
  status: "write a status of a violation, for example ?status=due",
  type: "write a type of violation, for example ?type=overstay",
  plate: "name the plate, for example ?plate=AB12CDE",
  search: "write at most 64 signs",
  date: "write a day, for example 2026-01-07",
  from: "write two days in their order, for example ?from=2026-01-07&to=2026-01-09",
};

/** @param part of an address, which is missing or cannot be used */
export const badQuestion = (part: string): Problem => ({
  ...problem(400, "bad-question", `The address has no usable ${part}.`),
  errors: [{ path: part, message: questionParts[part] ?? "write it as the guide says" }],
});
