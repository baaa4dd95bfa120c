import type { Problem } from "@gatehouse/shared/contracts/problem";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import { problem } from "@gatehouse/shared/refusal";
import type { PasswordFault } from "../domain/people/password-rules.ts";

/** Largest upload in bytes; an honest one has some 200 KB, one with every space of a large facility 3 MB. */
export const uploadMax = 16 * 1024 * 1024;
/** Largest request of head office's own pages and tools. */
export const orderMax = 64 * 1024;

const weakPasswords: Readonly<Record<PasswordFault, string>> = {
  "too-short": "A password has at least 12 characters.",
  "too-simple": "A password has more than a few different characters.",
  "names-you": "A password is not your name or address.",
};

export const problems = {
  noToken: problem(
    401,
    "no-token",
    "The request carries no token.",
    "Send Authorization: Bearer and the facility's token.",
  ),
  noFacility: problem(
    404,
    "no-such-facility",
    "This token opens no facility of that name here.",
    "Check the facility's id and its cloud token; head office enrols a facility with its token.",
  ),
  notSignedIn: problem(401, "not-signed-in", "Nobody is signed in here.", "Sign in first."),
  notAllowed: (anyOf: readonly Right[]): Problem =>
    problem(
      403,
      "not-allowed",
      "You may not do this here.",
      `It takes the right ${anyOf.join(" or ")}; whoever changes people can give it.`,
    ),
  wrongToken: problem(401, "wrong-token", "That is not head office's token."),
  tokenRetired: problem(
    401,
    "token-retired",
    "Head office's first token opens nothing any more: there is an admin.",
    "Sign in with your e-mail address, or set GATEHOUSE_HEAD_OFFICE_TOKEN_STAYS=yes where head office runs.",
  ),
  wrongCredentials: problem(
    401,
    "wrong-credentials",
    "The e-mail address or the password is wrong.",
    "If you have forgotten it, ask an admin for a new invitation.",
  ),
  wrongPassword: problem(403, "wrong-password", "That is not your present password."),
  codeNeeded: problem(
    401,
    "code-needed",
    "A code of your authenticator app is needed too.",
    "Send the same with code; a recovery code counts as well, once.",
  ),
  wrongCode: problem(
    401,
    "wrong-code",
    "That code does not fit, or was used already.",
    "Take the next code of your app; its phone's clock must be right to half a minute.",
  ),
  totpUnreadable: problem(
    503,
    "totp-unreadable",
    "Head office can no longer read your second factor: its key has changed.",
    "Ask an admin for a new invitation, or whoever runs head office to put the old key back.",
  ),
  totpOn: problem(409, "totp-on", "A second factor is in force already; end it first."),
  totpOff: problem(409, "totp-off", "No second factor was begun, or another one was since."),
  weakPassword: (why: PasswordFault): Problem =>
    problem(422, `password-${why}`, weakPasswords[why], "A few words in a row are long and easy."),
  passwordOnly: problem(
    403,
    "password-only",
    "This is done only by whoever is signed in with a password.",
    "Sign in at head office's page.",
  ),
  overloaded: problem(503, "busy", "Too many sign in at once."),
  noSuchInvitation: problem(
    404,
    "no-such-invitation",
    "This invitation was used, has ended, or never was.",
    "Ask whoever invited you for a new one.",
  ),
  noSuchUser: problem(404, "no-such-user", "There is no such person."),
  notActive: problem(409, "not-active", "This person is not active.", "Activate them first."),
  noSuchOrganisation: problem(404, "no-such-organisation", "There is no such organisation."),
  noSuchPlace: problem(404, "no-such-place", "There is no such facility or organisation."),
  noSuchAssignment: problem(404, "no-such-assignment", "This person has no such role there."),
  noSuchToken: problem(404, "no-such-token", "You have no such token."),
  emailTaken: problem(409, "email-taken", "Somebody has this e-mail address already."),
  organisationKnown: problem(409, "organisation-known", "There is such an organisation already."),
  belowItself: problem(409, "below-itself", "An organisation cannot stand below itself."),
  tooDeep: problem(409, "too-deep", "More than 8 organisations would stand one below the other."),
  tooManyTokens: problem(409, "too-many-tokens", "You have 50 tokens.", "End one first."),
  lastAdmin: problem(
    409,
    "last-admin",
    "Head office would have no admin left.",
    "Make somebody else an admin of the topmost organisation first.",
  ),
  moreThanYours: problem(
    403,
    "more-than-yours",
    "That is more than you may yourself.",
    "Somebody whose rights reach as far must do it.",
  ),
  requestIdUsed: problem(
    409,
    "request-id-used",
    "This request id was used for something else.",
    "Take a new one for each change.",
  ),
  foreignOrigin: problem(
    403,
    "foreign-origin",
    "This request did not come from head office's own page.",
    "Send an Origin header that names this host.",
  ),
  tooManyTries: problem(
    429,
    "too-many-tries",
    "Too many wrong tokens from this address.",
    "Wait as long as Retry-After says (seconds), then try again.",
  ),
  tooManyViewers: problem(503, "too-many-viewers", "Too many live pages are open."),
  encoded: problem(
    415,
    "encoded",
    "The request's body is compressed.",
    "Send it as it is, without Content-Encoding.",
  ),
  wrongType: problem(
    415,
    "wrong-type",
    "The request is not JSON.",
    "Send Content-Type: application/json.",
  ),
  tooLarge: problem(413, "too-large", "The request is larger than this route takes."),
  notJson: problem(400, "not-json", "The request is not readable JSON."),
  notUnderstood: problem(422, "not-understood", "The request does not fit its contract."),
  notStorable: problem(422, "not-storable", "The request holds a value that cannot be stored."),
  otherFacility: problem(
    422,
    "other-facility",
    "The batch names another facility than its address does.",
  ),
  hole: problem(
    409,
    "ledger-hole",
    "Lines before these are missing here.",
    "Go on from the acknowledged line.",
  ),
  oldEpoch: problem(
    409,
    "ledger-old-epoch",
    "A later epoch of this ledger has begun; this one is closed.",
    "Another edge, or this one after a restore, writes this facility's ledger now.",
  ),
  fork: problem(
    409,
    "ledger-fork",
    "Head office holds another line at this place: the ledger has two histories.",
    "Nothing was overwritten. Stop the other edge of this facility, then restart this one: it begins a new epoch.",
  ),
  brokenChain: problem(
    422,
    "ledger-broken-chain",
    "A line's hash does not follow from the line before it.",
    "Check the edge's ledger with `gatehouse doctor`.",
  ),
  noSuchCode: problem(
    404,
    "no-such-code",
    "Head office knows no such code.",
    "Type it as it was read out: the facility's id and four groups of four signs. Else ask for a new one.",
  ),
  codeExpired: problem(
    410,
    "code-expired",
    "This code is too old.",
    "Ask head office for a new one.",
  ),
  codeUsed: problem(
    410,
    "code-used",
    "This code was used already, by another box or for another data folder.",
    "If that was not you, tell head office at once. Ask it for a new code.",
  ),
  codeOfRequestUsed: problem(
    409,
    "code-used",
    "The code of this request was used already.",
    "Ask for another one under a new request_id.",
  ),
  noFacilityToken: problem(404, "no-such-token", "The facility has no token that begins so."),
  tooManyFacilityTokens: problem(
    409,
    "too-many-tokens",
    "The facility has too many tokens that were never used.",
    "Revoke some of them at head office.",
  ),
  busy: problem(503, "busy", "Several batches of this facility arrive at once."),
  databaseAway: problem(
    503,
    "database-away",
    "The database cannot be reached.",
    "Nothing is lost: edges send again.",
  ),
  noMailbox: problem(404, "no-such-facility", "There is no such facility, or no such gateway."),
  callbackTooLarge: problem(413, "too-large", "A callback is at most 64 KiB."),
  tooManyCallbacks: problem(
    429,
    "too-many-callbacks",
    "Too many callbacks from this address.",
    "Wait as long as Retry-After says (seconds), then send it again.",
  ),
  mailboxFull: problem(
    503,
    "mailbox-full",
    "The facility has not fetched its callbacks for long.",
    "Send it again later.",
  ),
  tooManyReceipts: problem(429, "too-many-receipts", "Too many receipts are asked for."),
  noSuchPage: problem(404, "no-such-page", "There is nothing at this address."),
  noSuchReport: problem(404, "no-such-report", "Head office keeps no such report here."),
  noSuchSession: problem(404, "no-such-session", "Head office knows no such session here."),
  noSuchHoliday: problem(404, "no-such-holiday", "Head office keeps no such holiday here."),
  noSuchEvent: problem(404, "no-such-event", "Head office keeps no such event here."),
  noSuchAlert: problem(404, "no-such-alert", "Head office has no such open alert."),
  pageMissing: problem(
    503,
    "page-not-built",
    "Head office's page is not built.",
    "Start with `npm start`, which builds it, or run `node scripts/build-pages.ts`.",
  ),
  broken: problem(
    500,
    "broken",
    "Head office could not answer; this is a bug.",
    "Its log tells what happened.",
  ),
} as const satisfies Record<string, Problem | ((...facts: never[]) => Problem)>;
