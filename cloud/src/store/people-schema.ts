import { genesisHash } from "@gatehouse/shared/canonical";
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { moment, whole } from "./columns.ts";

/*
 * Every table's key begins with the organisation. Of every secret only a hash is kept, or it is sealed with head
 * office's key.
 */

const organisationId = () => text().notNull();
const userId = () => text().notNull();

/** The tree of operators and tenants; `main` stands above all. `audit…` is the end of its chain of audit lines. */
export const organisations = pgTable("organisations", {
  organisationId: text().primaryKey(),
  name: text().notNull(),
  parentId: text(),
  auditSeq: whole().notNull().default(0),
  auditHash: text().notNull().default(genesisHash),
  createdAt: moment().notNull(),
});

/** People. The e-mail address is lower case and belongs to one person in all organisations. */
export const users = pgTable(
  "users",
  {
    organisationId: organisationId(),
    userId: userId(),
    email: text().notNull(),
    phoneNumber: text(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    /** Tokens of payment providers only. */
    paymentMethods: jsonb().notNull().default([]),
    vehicleInfo: jsonb().notNull().default([]),
    isActive: boolean().notNull().default(true),
    createdAt: moment().notNull(),
    /** `$argon2id$v=19$…`; null until an invitation is accepted. */
    passwordHash: text(),
    /** Sealed; in force once `totpSince` is set. */
    totpSealed: text(),
    totpSince: moment(),
    /** The step of the last code that counted. */
    totpStep: whole().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId] }),
    uniqueIndex("users_email").on(table.organisationId, table.email),
  ],
);

export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    organisationId: organisationId(),
    userId: userId(),
    /** Signed with head office's key, since a code that a person can type can be guessed from a mere hash. */
    codeHash: text().notNull(),
    usedAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.codeHash] })],
);

/** Which role somebody has where; `placeKind` is organisation or facility. */
export const assignments = pgTable(
  "assignments",
  {
    organisationId: organisationId(),
    userId: userId(),
    role: text().notNull(),
    placeKind: text().notNull(),
    placeId: text().notNull(),
    givenAt: moment().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.organisationId, table.userId, table.role, table.placeKind, table.placeId],
    }),
  ],
);

/** The one open invitation of a person; a newer one takes its place. */
export const invitations = pgTable(
  "invitations",
  {
    organisationId: organisationId(),
    userId: userId(),
    codeSha256: text().notNull(),
    endsAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

/**
 * A browser in which somebody is signed in. Its secret is changed every so often; the one before counts until the new
 * one has been seen (`confirmedAt`) and a moment longer.
 */
export const logins = pgTable(
  "logins",
  {
    organisationId: organisationId(),
    loginId: text().notNull(),
    userId: userId(),
    secretSha256: text().notNull(),
    previousSha256: text(),
    rotatedAt: moment().notNull(),
    confirmedAt: moment(),
    beganAt: moment().notNull(),
    seenAt: moment().notNull(),
    address: text().notNull(),
    agent: text().notNull(),
    endedAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.loginId] }),
    index("logins_of_user").on(table.organisationId, table.userId),
  ],
);

export const apiTokens = pgTable(
  "api_tokens",
  {
    organisationId: organisationId(),
    tokenId: text().notNull(),
    userId: userId(),
    name: text().notNull(),
    scopes: text().array().notNull(),
    secretSha256: text().notNull(),
    createdAt: moment().notNull(),
    endsAt: moment().notNull(),
    lastUsedAt: moment(),
    endedAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.tokenId] }),
    index("api_tokens_of_user").on(table.organisationId, table.userId),
  ],
);

/** Who changed what. Only ever added to: a trigger refuses every change. The columns beside `text` are for finding. */
export const auditLines = pgTable(
  "audit_lines",
  {
    organisationId: organisationId(),
    seq: whole().notNull(),
    at: moment().notNull(),
    action: text().notNull(),
    actorId: text(),
    subjectId: text().notNull(),
    requestId: text(),
    text: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.seq] }),
    uniqueIndex("audit_lines_request").on(table.organisationId, table.requestId),
    index("audit_lines_subject").on(table.organisationId, table.subjectId),
  ],
);
