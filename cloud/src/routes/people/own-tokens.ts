import {
  NewToken,
  type OwnTokens,
  TokenEnd,
  type TokenMade,
} from "@gatehouse/shared/contracts/own-account";
import { Right } from "@gatehouse/shared/contracts/rights-at-office";
import { refuse } from "@gatehouse/shared/refusal";
import { hours } from "@gatehouse/shared/time";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { userOf, type UserId } from "../../domain/people/person.ts";
import { mayAnywhere } from "../../domain/people/rights.ts";
import { sha256 } from "../../domain/secret.ts";
import { isoOfDate, isoOrNull } from "../../store/moments.ts";
import { endToken, makeToken, openTokens } from "../../store/people/api-tokens.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { keyedText } from "./keyed-text.ts";
import { answerOutcome } from "./outcome-answer.ts";
import { inBounds, type PeoplePorts } from "./people-ports.ts";

const lifeMax = hours(24 * 366);

const Made = z.object({ token_id: z.string(), ends_at: z.string() });

/** Tokens for one's own tools: what is made here opens head office without a password, within its scopes. */
export function ownTokenRoutes({
  database,
  clock,
  random,
  key,
  door,
}: PeoplePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();

  app.get("/api/me/tokens", door.self(), async (c) => {
    const open = await openTokens(database, selfOf(c), clock.now());
    const tokens = open.map((token) => ({
      token_id: token.tokenId,
      name: token.name,
      scopes: token.scopes.map((scope) => Right.parse(scope)),
      created_at: isoOfDate(token.createdAt),
      ends_at: isoOfDate(token.endsAt),
      last_used_at: isoOrNull(token.lastUsedAt),
    }));
    return c.json({ tokens } satisfies OwnTokens);
  });

  app.post("/api/me/tokens", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, NewToken);
    if (read.kind === "problem") return refuse(read.problem);
    const { request_id, name, scopes, ends_at } = read.body;
    const [user, now] = [selfOf(c), clock.now()];
    const endsAt = new Date(ends_at);
    if (endsAt.getTime() <= now || endsAt.getTime() > now + lifeMax) {
      const errors = [{ path: "ends_at", message: "write a moment within the next year" }];
      return refuse({ ...problems.notUnderstood, errors });
    }
    if (scopes.some((scope) => !mayAnywhere(c.var.person, scope)))
      return refuse(problems.moreThanYours);
    const tokenId = random.id();
    const secretFor = (id: string) => key.sign("api-token", user.organisationId, id, request_id);
    const secretSha256 = sha256(secretFor(tokenId));
    const making = { tokenId, name, scopes, secretSha256, endsAt };
    const made = await makeToken(database, user, making, door.asking(c, read.body));
    return answerOutcome(made, ({ result }) => {
      const { token_id: id, ends_at: until } = Made.parse(result);
      const { organisationId } = user;
      const token = keyedText({ organisationId, id, secret: secretFor(id) });
      return c.json({ token_id: id, token, ends_at: until } satisfies TokenMade, 201);
    });
  });

  app.post("/api/me/tokens/:token_id/end", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, TokenEnd);
    if (read.kind === "problem") return refuse(read.problem);
    const asking = door.asking(c, read.body);
    return answerOutcome(await endToken(database, selfOf(c), c.req.param("token_id"), asking));
  });

  return app;
}

function selfOf(c: Context<OfficeEnv>): UserId {
  const user = userOf(c.var.person);
  if (user === undefined) throw new Error("a login belongs to somebody");
  return { organisationId: user.organisationId, userId: user.userId };
}
