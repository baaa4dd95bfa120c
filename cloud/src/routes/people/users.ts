import {
  AssignmentAsked,
  type Invitation,
  NewUser,
  UserAct,
  UserChange,
  type UserView,
} from "@gatehouse/shared/contracts/people";
import { refuse } from "@gatehouse/shared/refusal";
import { hours } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Person, UserId } from "../../domain/people/person.ts";
import { covers, may, reachesOf } from "../../domain/people/rights.ts";
import { sha256 } from "../../domain/secret.ts";
import type { Outcome } from "../../store/people/audited.ts";
import { type Assignment, giveRole, readGrants, takeRole } from "../../store/people/grants.ts";
import { invite } from "../../store/people/invitations.ts";
import { reachOf } from "../../store/people/organisations.ts";
import { readUsers, readUserView } from "../../store/people/user-list.ts";
import { changeUser, makeUser, setActive, signOutEverywhere } from "../../store/people/users.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { keyedText } from "./keyed-text.ts";
import { answerOutcome } from "./outcome-answer.ts";
import { inBounds, type PeoplePorts } from "./people-ports.ts";

/** An invitation is handed on by whatever way people have; a few days are enough. */
const invitationLife = hours(72);

const Invited = z.object({ user_id: z.string().optional(), ends_at: z.string() });

/**
 * Head office's people: who they are and what they may. Nobody changes somebody who may more than they do, and nobody
 * gives what they do not hold; whom one may not see does not exist.
 */
export function userRoutes(ports: PeoplePorts): Hono<OfficeEnv> {
  const { database, clock, random, key, door } = ports;
  const app = new Hono<OfficeEnv>();
  const base = "/api/users/:organisation_id/:user_id";

  app.get("/api/users", door.asks("see-people"), async (c) => {
    const { search = "", after = "" } = c.req.query();
    const asked = { search, after, now: clock.now() };
    return c.json(await readUsers(database, reachesOf(c.var.person, "see-people"), asked));
  });

  app.post("/api/users", door.asks("change-people"), inBounds, async (c) => {
    const read = await readBody(c.req, NewUser);
    if (read.kind === "problem") return refuse(read.problem);
    const { organisation_id: organisationId, assignments, request_id } = read.body;
    if (!may(c.var.person, "change-people", { kind: "organisation", organisationId }))
      return refuse(problems.noSuchOrganisation);
    for (const assignment of assignments) {
      const refusal = await givingRefused(c.var.person, assignment);
      if (refusal !== undefined) return refusal;
    }
    const userId = random.id();
    const making = {
      userId,
      asked: read.body,
      assignments,
      codeSha256: sha256(codeFor({ organisationId, userId }, request_id)),
      endsAt: new Date(clock.now() + invitationLife),
    };
    const made = await makeUser(database, making, door.asking(c, read.body));
    return answerInvitation(c, made, organisationId, request_id, 201);
  });

  app.get(base, door.asks("see-people"), async (c) => {
    const view = await viewOf(c);
    return view === undefined ? refuse(problems.noSuchUser) : c.json(view);
  });

  app.post(base, door.asks("change-people"), inBounds, async (c) => {
    const read = await readBody(c.req, UserChange);
    if (read.kind === "problem") return refuse(read.problem);
    const user = await changeable(c);
    if (user instanceof Response) return user;
    return answerOutcome(await changeUser(database, user, read.body, door.asking(c, read.body)));
  });

  for (const [act, isActive] of [
    ["deactivate", false],
    ["activate", true],
  ] as const)
    app.post(`${base}/${act}`, door.asks("change-people"), inBounds, async (c) => {
      const read = await readBody(c.req, UserAct);
      if (read.kind === "problem") return refuse(read.problem);
      const user = await changeable(c);
      if (user instanceof Response) return user;
      return answerOutcome(await setActive(database, user, isActive, door.asking(c, read.body)));
    });

  app.post(`${base}/invitation`, door.asks("change-people"), inBounds, async (c) => {
    const read = await readBody(c.req, UserAct);
    if (read.kind === "problem") return refuse(read.problem);
    const user = await changeable(c);
    if (user instanceof Response) return user;
    const { request_id } = read.body;
    const codeSha256 = sha256(codeFor(user, request_id));
    const endsAt = new Date(clock.now() + invitationLife);
    const asking = door.asking(c, read.body);
    const invited = await invite(database, user, { codeSha256, endsAt }, asking);
    return answerInvitation(c, invited, user.organisationId, request_id, 200);
  });

  app.post(`${base}/sign-out`, door.asks("change-people"), inBounds, async (c) => {
    const read = await readBody(c.req, UserAct);
    if (read.kind === "problem") return refuse(read.problem);
    const user = await changeable(c);
    if (user instanceof Response) return user;
    return answerOutcome(await signOutEverywhere(database, user, door.asking(c, read.body)));
  });

  for (const [path, change] of [
    ["assignments", giveRole],
    ["assignments/end", takeRole],
  ] as const)
    app.post(`${base}/${path}`, door.asks("change-people"), inBounds, async (c) => {
      const read = await readBody(c.req, AssignmentAsked);
      if (read.kind === "problem") return refuse(read.problem);
      const { role, place } = read.body;
      const view = await viewOf(c);
      if (view === undefined) return refuse(problems.noSuchUser);
      const refusal = await givingRefused(c.var.person, { role, place });
      if (refusal !== undefined) return refusal;
      const user = { organisationId: view.organisation_id, userId: view.user_id };
      const asking = door.asking(c, read.body);
      return answerOutcome(await change(database, user, { role, place }, asking));
    });

  async function viewOf(c: Context<OfficeEnv>): Promise<UserView | undefined> {
    const reaches = reachesOf(c.var.person, "see-people");
    return readUserView(database, reaches, userIn(c), clock.now());
  }

  /** The person that the path names, if whoever asks may change them: their home, and all that they hold. */
  async function changeable(c: Context<OfficeEnv>): Promise<UserId | Response> {
    const { person } = c.var;
    const user = userIn(c);
    if ((await viewOf(c)) === undefined) return refuse(problems.noSuchUser);
    const { organisationId } = user;
    if (!may(person, "change-people", { kind: "organisation", organisationId }))
      return refuse(problems.moreThanYours);
    const { grants } = await readGrants(database, user);
    return grants.every((grant) => covers(person, grant)) ? user : refuse(problems.moreThanYours);
  }

  /** A role is given and taken by who may change people there, and holds all that it allows. */
  async function givingRefused(
    person: Person,
    { role, place }: Assignment,
  ): Promise<Response | undefined> {
    const reach = await reachOf(database, place);
    const isThere =
      reach !== undefined &&
      (reach.kind === "facility"
        ? may(person, "change-people", { ...reach, kind: "facility" })
        : may(person, "change-people", { kind: "organisation", organisationId: place.id }));
    if (!isThere) return refuse(problems.noSuchPlace);
    return covers(person, { role, reach }) ? undefined : refuse(problems.moreThanYours);
  }

  /** The same request makes the same code, so that a lost answer can be asked for again; only its hash is kept. */
  const codeFor = ({ organisationId, userId }: UserId, requestId: string): string =>
    key.sign("invitation", organisationId, userId, requestId);

  const answerInvitation = (
    c: Context<OfficeEnv>,
    outcome: Outcome<"email-taken" | "not-active">,
    organisationId: string,
    requestId: string,
    status: 200 | 201,
  ): Response =>
    answerOutcome(outcome, ({ subjectId, result }) => {
      const secret = codeFor({ organisationId, userId: subjectId }, requestId);
      const invitation = {
        organisation_id: organisationId,
        user_id: subjectId,
        code: keyedText({ organisationId, id: subjectId, secret }),
        ends_at: Invited.parse(result).ends_at,
      } satisfies Invitation;
      return c.json(invitation, status);
    });

  return app;
}

const userIn = (c: Context): UserId => ({
  organisationId: c.req.param("organisation_id") ?? "",
  userId: c.req.param("user_id") ?? "",
});
