import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/*
 * What the API keeps of requests: answers that may be asked for again, and tries to sign in. Every key begins with the
 * organisation.
 */

const organisationId = () => text().notNull();

/** What was answered to a request that named an `Idempotency-Key`, for a day. */
export const idempotentAnswers = pgTable(
  "idempotent_answers",
  {
    organisationId: organisationId(),
    key: text().notNull(),
    /** Of who asked, the method, the address and the body. */
    requestSha256: text().notNull(),
    beganAt: moment().notNull(),
    /** Null while the request is under way, or since its process died. */
    status: integer(),
    /** The answer's text, sealed with head office's key: a code or a token may be in it. */
    sealed: text(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.key] }),
    index("idempotent_answers_by_age").on(table.organisationId, table.beganAt),
  ],
);

/** Tries to sign in, counted by all processes of head office together; of whom is told only by a signature. */
export const signInTries = pgTable(
  "sign_in_tries",
  {
    organisationId: organisationId(),
    /** Signed with head office's key: the account, the browser or the address. */
    counted: text().notNull(),
    since: moment().notNull(),
    tries: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.counted] }),
    index("sign_in_tries_by_age").on(table.organisationId, table.since),
  ],
);
