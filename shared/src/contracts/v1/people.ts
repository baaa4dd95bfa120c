import { z } from "zod";
import { AuditPage, AuditVerdict } from "../audit.ts";
import { CodeMade, CodeOrder, FacilityOrder, FacilityTokens } from "../enrolment.ts";
import { Me } from "../own-account.ts";
import {
  AssignmentAsked,
  FacilityMove,
  Invitation,
  NewOrganisation,
  NewUser,
  OrganisationChange,
  OrganisationsView,
  UserAct,
  UserChange,
  UserView,
} from "../people.ts";
import { listPage } from "./lists.ts";
import { takes, v1Route } from "./route.ts";

/* People, organisations, the audit, and how facilities join. */

const [people, organisations, audit, joining] = ["People", "Organisations", "Audit", "Joining"];
const user = "/v1/users/{organisation_id}/{user_id}";
const facility = "/v1/facilities/{facility_id}";

export const getMe = v1Route({
  id: "getMe",
  method: "GET",
  path: "/v1/me",
  area: people,
  summary: "Who asks, and what they may anywhere.",
  access: { kind: "known" },
  answer: Me,
});

export const listUsers = v1Route({
  id: "listUsers",
  method: "GET",
  path: "/v1/users",
  area: people,
  summary: "The people whom one may see, by e-mail address.",
  access: takes("see-people"),
  query: z.object({ search: z.string().max(200).optional(), ...listPage }),
  answer: z.object({ users: z.array(UserView), next_cursor: z.string().nullable() }),
});

export const makeUser = v1Route({
  id: "makeUser",
  method: "POST",
  path: "/v1/users",
  area: people,
  summary: "Makes somebody known and invites them.",
  access: takes("change-people"),
  body: NewUser,
  answer: Invitation,
  status: 201,
  problems: ["email-taken", "no-such-organisation", "no-such-place", "more-than-yours"],
});

export const getUser = v1Route({
  id: "getUser",
  method: "GET",
  path: user,
  area: people,
  summary: "One of them.",
  access: takes("see-people"),
  answer: UserView,
  problems: ["no-such-user"],
});

export const changeUser = v1Route({
  id: "changeUser",
  method: "POST",
  path: user,
  area: people,
  summary: "Changes what is known of somebody; what is left out stays.",
  access: takes("change-people"),
  body: UserChange,
  answer: "nothing",
  problems: ["no-such-user", "more-than-yours", "email-taken"],
});

const act = <const Id extends string, const Path extends string>(
  id: Id,
  path: Path,
  summary: string,
) =>
  v1Route({
    id,
    method: "POST",
    path: `${user}/${path}`,
    area: people,
    summary,
    access: takes("change-people"),
    body: UserAct,
    answer: "nothing",
    problems: ["no-such-user", "more-than-yours"],
  });

export const deactivateUser = act("deactivateUser", "deactivate", "Lets somebody in no longer.");
export const activateUser = act("activateUser", "activate", "Lets somebody in again.");
export const signUserOut = act(
  "signUserOut",
  "sign-out",
  "Ends all logins and tokens of somebody.",
);

export const inviteUser = v1Route({
  id: "inviteUser",
  method: "POST",
  path: `${user}/invitation`,
  area: people,
  summary: "Makes a one-time link for a first or a forgotten password.",
  access: takes("change-people"),
  body: UserAct,
  answer: Invitation,
  problems: ["no-such-user", "more-than-yours", "not-active"],
});

const assignment = <const Id extends string, const Path extends string>(
  id: Id,
  path: Path,
  summary: string,
) =>
  v1Route({
    id,
    method: "POST",
    path: `${user}/${path}`,
    area: people,
    summary,
    access: takes("change-people"),
    body: AssignmentAsked,
    answer: "nothing",
    problems: ["no-such-user", "no-such-place", "more-than-yours", "no-such-assignment"],
  });

export const giveRole = assignment("giveRole", "assignments", "Gives somebody a role at a place.");
export const takeRole = assignment(
  "takeRole",
  "assignments/end",
  "Takes a role at a place from somebody.",
);

export const listOrganisations = v1Route({
  id: "listOrganisations",
  method: "GET",
  path: "/v1/organisations",
  area: organisations,
  summary: "The organisations that one may see, with their facilities.",
  access: takes("see-facilities"),
  answer: OrganisationsView,
});

export const makeOrganisation = v1Route({
  id: "makeOrganisation",
  method: "POST",
  path: "/v1/organisations",
  area: organisations,
  summary: "Makes one more organisation below another.",
  access: takes("change-organisations"),
  body: NewOrganisation,
  answer: "nothing",
  status: 201,
  problems: ["organisation-known", "no-such-organisation", "too-deep"],
});

export const changeOrganisation = v1Route({
  id: "changeOrganisation",
  method: "POST",
  path: "/v1/organisations/{organisation_id}",
  area: organisations,
  summary: "Gives an organisation another name, or another place in the tree.",
  access: takes("change-organisations"),
  body: OrganisationChange,
  answer: "nothing",
  problems: ["no-such-organisation", "below-itself", "too-deep"],
});

export const moveFacility = v1Route({
  id: "moveFacility",
  method: "POST",
  path: `${facility}/organisation`,
  area: organisations,
  summary: "Gives a facility to an organisation.",
  access: takes("change-organisations"),
  body: FacilityMove,
  answer: "nothing",
  problems: ["no-such-organisation"],
});

const word = z.string().min(1).max(100).optional();

export const listAudit = v1Route({
  id: "listAudit",
  method: "GET",
  path: "/v1/audit/{organisation_id}",
  area: audit,
  summary: "Who changed what in an organisation, the newest first.",
  access: takes("see-audit"),
  query: z.object({ action: word, user_id: word, subject_id: word, cursor: listPage.cursor }),
  answer: AuditPage.omit({ next: true }).extend({ next_cursor: z.string().nullable() }),
  problems: ["no-such-organisation"],
});

export const judgeAudit = v1Route({
  id: "judgeAudit",
  method: "GET",
  path: "/v1/audit/{organisation_id}/verdict",
  area: audit,
  summary:
    "Whether the chain of the audit is whole, and runs through the end of an earlier verdict.",
  access: takes("see-audit"),
  query: z.object({ seq: word, hash: word }),
  answer: AuditVerdict,
  problems: ["no-such-organisation"],
});

export const enrolFacility = v1Route({
  id: "enrolFacility",
  method: "POST",
  path: "/v1/facilities",
  area: joining,
  summary: "Makes a facility known, and a code with which its box joins.",
  access: takes("enrol-facilities"),
  body: FacilityOrder,
  answer: CodeMade,
  status: 201,
  problems: ["no-such-organisation", "code-used"],
});

export const makeCode = v1Route({
  id: "makeCode",
  method: "POST",
  path: `${facility}/codes`,
  area: joining,
  summary: "Makes another code, for a box that is replaced.",
  access: takes("enrol-facilities"),
  body: CodeOrder,
  answer: CodeMade,
  status: 201,
  problems: ["code-used"],
});

export const listFacilityTokens = v1Route({
  id: "listFacilityTokens",
  method: "GET",
  path: `${facility}/tokens`,
  area: joining,
  summary: "The facility's tokens, of which nobody can tell the token.",
  access: takes("enrol-facilities"),
  answer: FacilityTokens,
});

export const revokeFacilityToken = v1Route({
  id: "revokeFacilityToken",
  method: "POST",
  path: `${facility}/tokens/{token}/revoke`,
  area: joining,
  summary: "Ends a token of the facility.",
  access: takes("enrol-facilities"),
  answer: "nothing",
  problems: ["no-such-token"],
});
