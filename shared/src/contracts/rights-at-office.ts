import { z } from "zod";

/** Who somebody is at a place. The same words at the facility and at head office. */
export const roles = [
  "driver",
  "attendant",
  "supervisor",
  "manager",
  "technician",
  "admin",
  "auditor",
] as const;
export type Role = (typeof roles)[number];

/** What the analytics backend calls its people; `admin` is the same word in both. */
const formerRoles: ReadonlyMap<unknown, Role> = new Map([
  ["staff", "attendant"],
  ["user", "driver"],
]);

/** A role as it is asked for; `staff` and `user` of the analytics backend are taken as ours. */
export const RoleAsked = z.preprocess((word) => formerRoles.get(word) ?? word, z.enum(roles));

/** What somebody may do at head office; the scopes of a token are the same words. */
export const rights = [
  "see-facilities",
  "see-money",
  "see-sessions",
  "see-reports",
  "make-reports",
  "delete-reports",
  "set-prices",
  "set-access",
  "send-notices",
  "close-alerts",
  "plan-work",
  "set-notifications",
  "enrol-facilities",
  "see-people",
  "change-people",
  "change-organisations",
  "see-audit",
] as const;
export const Right = z.enum(rights);
export type Right = z.infer<typeof Right>;
