import type { WholePage } from "../frame/page.ts";
import { auditWords } from "./audit-words.ts";
import { organisationWords } from "./organisation-words.ts";
import { ownWords } from "./own-words.ts";

/** One's own account, the tree of organisations, and the record of who changed what. */
export const accountPages: readonly WholePage[] = [
  {
    part: "organisations",
    title: organisationWords.name,
    group: "people",
    right: "see-facilities",
    scope: "whole",
    load: () => import("./organisations-page.tsx").then((page) => page.OrganisationsPage),
  },
  {
    part: "audit",
    title: auditWords.name,
    group: "people",
    right: "see-audit",
    scope: "whole",
    load: () => import("./audit-page.tsx").then(({ AuditPage }) => AuditPage),
  },
  {
    part: "account",
    title: ownWords.title,
    group: "people",
    right: "see-facilities",
    scope: "whole",
    load: () => import("./account-page.tsx").then(({ AccountPage }) => AccountPage),
  },
];
