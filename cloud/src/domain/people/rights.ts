import { type Right, rights, type Role } from "@gatehouse/shared/contracts/rights-at-office";

const attendant: readonly Right[] = ["see-facilities", "see-sessions", "see-reports"];
const supervisor: readonly Right[] = [
  ...attendant,
  "see-money",
  "set-access",
  "send-notices",
  "close-alerts",
  "plan-work",
];
const manager: readonly Right[] = [
  ...supervisor,
  "make-reports",
  "set-prices",
  "set-notifications",
  "see-people",
  "change-people",
];

/** The one table of rights: what is not in it nobody may. A driver has nothing but an account. */
export const rightsOf: Readonly<Record<Role, ReadonlySet<Right>>> = {
  driver: new Set(),
  attendant: new Set(attendant),
  supervisor: new Set(supervisor),
  manager: new Set(manager),
  technician: new Set(["see-facilities", "close-alerts", "plan-work"]),
  admin: new Set(rights),
  auditor: new Set([
    "see-facilities",
    "see-money",
    "see-sessions",
    "see-reports",
    "see-people",
    "see-audit",
  ]),
};

/** Where something is done: at a facility, which always belongs to an organisation, or at an organisation itself. */
export type Place =
  | { readonly kind: "facility"; readonly facilityId: string; readonly organisationId: string }
  | { readonly kind: "organisation"; readonly organisationId: string };

/** How far an assignment reaches. `organisations` names the one it was made at and all below it. */
export type Reach =
  | { readonly kind: "everywhere" }
  | { readonly kind: "organisations"; readonly organisationIds: ReadonlySet<string> }
  | { readonly kind: "facility"; readonly facilityId: string; readonly organisationId: string };

/** A role, as far as it reaches. */
export interface Grant {
  readonly role: Role;
  readonly reach: Reach;
}

/** Somebody as far as rights are concerned. */
export interface Holder {
  readonly grants: readonly Grant[];
  /** What a token was narrowed to; undefined where nothing narrows. */
  readonly scopes?: ReadonlySet<Right> | undefined;
}

/** Whether somebody may do something at a place. What no grant says is denied. */
export const may = (holder: Holder, right: Right, place: Place): boolean =>
  grantsFor(holder, right).some(({ reach }) => reaches(reach, place));

/** Whether there is any place at all where somebody may do it. */
export const mayAnywhere = (holder: Holder, right: Right): boolean =>
  grantsFor(holder, right).length > 0;

/** How far somebody may do it, for questions about many facilities at once. */
export const reachesOf = (holder: Holder, right: Right): Reach[] =>
  grantsFor(holder, right).map(({ reach }) => reach);

/**
 * Whether somebody may do everything that a grant allows, wherever it reaches. Nobody gives, takes or inherits (by a
 * new password of somebody else) more than they hold.
 */
export const covers = (holder: Holder, { role, reach }: Grant): boolean =>
  [...rightsOf[role]].every((right) =>
    reach.kind === "everywhere"
      ? grantsFor(holder, right).some((own) => own.reach.kind === "everywhere")
      : placesIn(reach).every((place) => may(holder, right, place)),
  );

const grantsFor = ({ grants, scopes }: Holder, right: Right): Grant[] =>
  scopes?.has(right) === false ? [] : grants.filter(({ role }) => rightsOf[role].has(right));

function reaches(reach: Reach, place: Place): boolean {
  switch (reach.kind) {
    case "everywhere":
      return true;
    case "organisations":
      return reach.organisationIds.has(place.organisationId);
    case "facility":
      return place.kind === "facility" && place.facilityId === reach.facilityId;
    default:
      return reach satisfies never;
  }
}

function placesIn(reach: Exclude<Reach, { kind: "everywhere" }>): Place[] {
  if (reach.kind === "facility") return [{ ...reach, kind: "facility" }];
  return [...reach.organisationIds].map((organisationId) => ({
    kind: "organisation",
    organisationId,
  }));
}
