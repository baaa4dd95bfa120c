import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { facilityId, moment } from "./columns.ts";

/** Codes with which a facility's box joins, once each; only the SHA-256 (hex) of a code is kept. */
export const enrolmentCodes = pgTable(
  "enrolment_codes",
  {
    facilityId: facilityId(),
    /** Of whoever asked for it: asked again, the code before it ends. */
    requestId: text().notNull(),
    codeSha256: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    /** Of the token that was brought with it. */
    tokenSha256: text(),
  },
  (table) => [primaryKey({ columns: [table.facilityId, table.requestId] })],
);
