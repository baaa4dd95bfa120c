import { z } from "zod";
import { passesLuhn } from "../luhn.ts";
import { vehicleClasses } from "../vehicle.ts";
import { RoleAsked, roles } from "./rights-at-office.ts";
import { identifier } from "./topics.ts";

/*
 * Head office's people and the tree of organisations that facilities belong to. Whoever is not allowed to see
 * something is told that there is no such thing.
 */

const instant = z.iso.datetime();

/** Made by whoever asks; the same id again changes nothing and answers the same. */
export const requestId = z
  .string()
  .regex(/^[\w-]{8,64}$/, "write 8 to 64 letters, digits, _ and -, another for each change");

/** Why, for the audit. */
export const why = z.string().trim().min(1, "say why").max(200);

const name = z.string().trim().min(1).max(100);
const email = z
  .email("write an e-mail address")
  .max(200)
  .transform((text) => text.toLowerCase());
const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d ()/-]{4,30}$/, "write a phone number, for example +49 30 1234567");

/** 12 to 19 digits that check out are the number of a card, however they are grouped (ISO/IEC 7812-1). */
const isCardNumber = (text: string): boolean => {
  const digits = text.replaceAll(/[ -]/g, "");
  return /^\d{12,19}$/.test(digits) && passesLuhn(digits);
};

/** A way to pay, as the payment provider's token for it: the number of a card is refused and never kept. */
export const PaymentMethod = z.strictObject({
  kind: z.enum(["card", "wallet", "account"]),
  token: z
    .string()
    .regex(/^[\w.:-]{8,200}$/, "write the payment provider's token")
    .refine((text) => !isCardNumber(text), "write the provider's token, never a card's number"),
  label: z
    .string()
    .max(40)
    .refine((text) => !isCardNumber(text), "never write a card's number")
    .optional(),
  last_four: z
    .string()
    .regex(/^\d{4}$/, "write the last four digits")
    .optional(),
  expires: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write year and month, for example 2028-04")
    .optional(),
});

/** A vehicle of theirs. */
export const OwnVehicle = z.strictObject({
  plate: z.string().trim().min(1).max(32),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "write two letters, for example DE")
    .optional(),
  vehicle_class: z.enum(vehicleClasses).optional(),
  label: z.string().max(40).optional(),
});

const about = {
  email,
  first_name: name,
  last_name: name,
  phone_number: phone.nullable(),
  payment_methods: z.array(PaymentMethod).max(10),
  vehicle_info: z.array(OwnVehicle).max(20),
};

/** Where an assignment holds: an organisation with all below it, or one facility. */
export const PlaceRef = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("organisation"), id: identifier }),
    z.strictObject({ kind: z.literal("facility"), id: identifier }),
  ],
  { error: "write kind: organisation or facility, and its id" },
);
export type PlaceRef = z.infer<typeof PlaceRef>;

const Assignment = z.strictObject({ role: RoleAsked, place: PlaceRef });

/** `POST /api/users`: makes somebody known, in an organisation that is theirs, and invites them. */
export const NewUser = z.strictObject({
  request_id: requestId,
  organisation_id: identifier.default("main"),
  ...about,
  phone_number: about.phone_number.default(null),
  payment_methods: about.payment_methods.default([]),
  vehicle_info: about.vehicle_info.default([]),
  assignments: z.array(Assignment).max(20).default([]),
  why: why.optional(),
});
export type NewUser = z.infer<typeof NewUser>;

/** `POST /api/users/{organisation_id}/{user_id}`: what is left out stays. */
export const UserChange = z.strictObject({
  request_id: requestId,
  email: about.email.optional(),
  first_name: about.first_name.optional(),
  last_name: about.last_name.optional(),
  phone_number: about.phone_number.optional(),
  payment_methods: about.payment_methods.optional(),
  vehicle_info: about.vehicle_info.optional(),
  why: why.optional(),
});
export type UserChange = z.infer<typeof UserChange>;

/**
 * `POST …/deactivate`, `…/activate`, `…/invitation` (a new one-time link, for a first or a forgotten password, which
 * also takes the second factor off), `…/sign-out` (of every browser, and all tokens with it), each below a user.
 */
export const UserAct = z.strictObject({ request_id: requestId, why });
export type UserAct = z.infer<typeof UserAct>;

/** `POST …/assignments` and `…/assignments/end` below a user: gives a role, or takes it. */
export const AssignmentAsked = z.strictObject({ request_id: requestId, ...Assignment.shape, why });
export type AssignmentAsked = z.infer<typeof AssignmentAsked>;

export const AssignmentView = z.object({
  role: z.enum(roles),
  place: z.object({ kind: z.enum(["organisation", "facility"]), id: z.string() }),
});
export type AssignmentView = z.infer<typeof AssignmentView>;

/** A person as whoever may see people sees them. */
export const UserView = z.object({
  organisation_id: z.string(),
  user_id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  phone_number: z.string().nullable(),
  payment_methods: z.array(PaymentMethod),
  vehicle_info: z.array(OwnVehicle),
  created_at: instant,
  is_active: z.boolean(),
  has_password: z.boolean(),
  /** Whether a second factor is asked for. */
  has_totp: z.boolean(),
  /** Until when the open invitation holds. */
  invited_until: instant.nullable(),
  last_seen_at: instant.nullable(),
  assignments: z.array(AssignmentView),
});
export type UserView = z.infer<typeof UserView>;

/** `GET /api/users?search=TEXT&after=CURSOR`: by e-mail address; `next` goes on behind the last one. */
export const UsersPage = z.object({ users: z.array(UserView), next: z.string().nullable() });
export type UsersPage = z.infer<typeof UsersPage>;

/** An invitation, shown this once to whoever hands it on; it opens one account once. */
export const Invitation = z.object({
  organisation_id: z.string(),
  user_id: z.string(),
  /** For `POST /api/invitations/accept`; a page reads it from the address `/#invitation=CODE`. */
  code: z.string(),
  ends_at: instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** `POST /api/invitations/accept`: sets the password that its owner chooses, and signs in. */
export const InvitationAccept = z.strictObject({
  code: z.string().min(1).max(500),
  password: z.string().min(1).max(200),
});

/** `POST /api/organisations`: one more below another. */
export const NewOrganisation = z.strictObject({
  request_id: requestId,
  organisation_id: identifier,
  name,
  parent_id: identifier.default("main"),
  why: why.optional(),
});
export type NewOrganisation = z.infer<typeof NewOrganisation>;

/** `POST /api/organisations/{organisation_id}`: another name, or another place in the tree. */
export const OrganisationChange = z.strictObject({
  request_id: requestId,
  name: name.optional(),
  parent_id: identifier.optional(),
  why,
});
export type OrganisationChange = z.infer<typeof OrganisationChange>;

/** `POST /api/facilities/{facility_id}/organisation`: to whom a facility belongs. */
export const FacilityMove = z.strictObject({
  request_id: requestId,
  organisation_id: identifier,
  why,
});
export type FacilityMove = z.infer<typeof FacilityMove>;

/** `GET /api/organisations`: those that one may see, with their facilities' ids. */
export const OrganisationsView = z.object({
  organisations: z.array(
    z.object({
      organisation_id: z.string(),
      name: z.string(),
      /** Null at the top. */
      parent_id: z.string().nullable(),
      facility_ids: z.array(z.string()),
    }),
  ),
});
export type OrganisationsView = z.infer<typeof OrganisationsView>;
