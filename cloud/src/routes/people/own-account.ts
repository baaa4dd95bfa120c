import {
  EndLogins,
  type Me,
  type OwnLogins,
  PasswordChange,
  type RecoveryCodes,
  TotpBegin,
  type TotpBegun,
  TotpConfirm,
  TotpEnd,
} from "@gatehouse/shared/contracts/own-account";
import { rights } from "@gatehouse/shared/contracts/rights-at-office";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { newSecret } from "../../domain/people/office-key.ts";
import { passwordFault } from "../../domain/people/password-rules.ts";
import { userOf } from "../../domain/people/person.ts";
import { mayAnywhere } from "../../domain/people/rights.ts";
import { base32, totpAddress } from "../../domain/people/totp.ts";
import { isoOfDate } from "../../store/moments.ts";
import { answeredBefore } from "../../store/people/audited.ts";
import {
  confirmTotp,
  endTotp,
  offerTotp,
  recoveryCodesLeft,
  setPassword,
} from "../../store/people/credentials.ts";
import { readGrants } from "../../store/people/grants.ts";
import { openLogins } from "../../store/people/logins.ts";
import { readUser, type User } from "../../store/people/user-rows.ts";
import { signOutEverywhere } from "../../store/people/users.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { clearLogins } from "./cookies.ts";
import { Guesses } from "./guesses.ts";
import { answerOutcome } from "./outcome-answer.ts";
import { inBounds, type PeoplePorts } from "./people-ports.ts";
import { SecondFactor } from "./second-factor.ts";

/** RFC 4226, 4, R6: as long as the hash. */
const totpSecretBytes = 20;
const issuer = "Gatehouse";

/** What people do about their own account. */
export function ownAccountRoutes(ports: PeoplePorts): Hono<OfficeEnv> {
  const { database, clock, random, door, passwords, addressOf } = ports;
  const app = new Hono<OfficeEnv>();
  const secondFactor = new SecondFactor(ports);
  const guesses = new Guesses(ports, "own-account");

  app.get("/api/me", door.known(), async (c) => {
    const { person } = c.var;
    const id = userOf(person);
    const user = id === undefined ? undefined : await readUser(database, id);
    const { assignments } = id === undefined ? { assignments: [] } : await readGrants(database, id);
    return c.json({
      kind: person.who.kind,
      user: user === undefined ? null : await viewOf(user),
      assignments,
      rights: rights.filter((right) => mayAnywhere(person, right)),
    } satisfies Me);
  });

  app.get("/api/me/logins", door.self(), async (c) => {
    const { who } = c.var.person;
    const own = await openLogins(database, await selfOf(c), clock.now());
    const logins = own.map((login) => ({
      login_id: login.loginId,
      began_at: isoOfDate(login.beganAt),
      seen_at: isoOfDate(login.seenAt),
      address: login.address,
      agent: login.agent,
      is_this: who.kind === "login" && who.loginId === login.loginId,
    }));
    return c.json({ logins } satisfies OwnLogins);
  });

  app.post("/api/me/logins/end", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, EndLogins);
    if (read.kind === "problem") return refuse(read.problem);
    const user = await selfOf(c);
    const ended = await signOutEverywhere(database, idOf(user), door.asking(c, read.body));
    if (ended.kind === "done") clearLogins(c);
    return ended.kind === "done" ? c.body(null, 204) : answerOutcome(ended);
  });

  app.post("/api/me/password", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, PasswordChange);
    if (read.kind === "problem") return refuse(read.problem);
    const { password, new_password } = read.body;
    const [user, asking] = [await selfOf(c), door.asking(c, read.body)];
    const before = await answeredBefore(database, user.organisationId, "password-changed", asking);
    if (before !== undefined) return answerOutcome(before);
    const wrong = await wrongPassword(c, user, password);
    if (wrong !== undefined) return wrong;
    const fault = passwordFault(new_password, [user.email, user.firstName, user.lastName]);
    if (fault !== undefined) return refuse(problems.weakPassword(fault));
    const hash = await passwords.hash(new_password);
    if (hash === undefined) return refuse(problems.overloaded, { "retry-after": "2" });
    return answerOutcome(await setPassword(database, idOf(user), hash, asking));
  });

  app.post("/api/me/totp/begin", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, TotpBegin);
    if (read.kind === "problem") return refuse(read.problem);
    const user = await selfOf(c);
    const wrong = await wrongPassword(c, user, read.body.password);
    if (wrong !== undefined) return wrong;
    const newId = () => random.id();
    const secret = newSecret(newId).subarray(0, totpSecretBytes);
    const sealed = secondFactor.seal(user, secret, newSecret(newId));
    if (!(await offerTotp(database, idOf(user), sealed))) return refuse(problems.totpOn);
    const address = totpAddress(secret, user.email, issuer);
    return c.json({ secret: base32(secret), address } satisfies TotpBegun);
  });

  app.post("/api/me/totp/confirm", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, TotpConfirm);
    if (read.kind === "problem") return refuse(read.problem);
    const { request_id, code } = read.body;
    const [user, asking] = [await selfOf(c), door.asking(c, read.body)];
    const codes = secondFactor.recoveryCodes(user, request_id);
    const answer = () => c.json({ recovery_codes: codes.shown } satisfies RecoveryCodes);
    const before = await answeredBefore(database, user.organisationId, "totp-on", asking);
    if (before !== undefined) return answerOutcome(before, answer);
    if (user.totpSealed === null || user.totpSince !== null) return refuse(problems.totpOff);
    const guess = await guesses.begin(user.email, addressOf(c), undefined);
    if (!guess.isAllowed) return refuse(problems.tooManyTries);
    const step = secondFactor.stepOf(user, code, asking);
    if (step === "unreadable") return refuse(problems.totpUnreadable);
    if (step === undefined) return refuse(problems.wrongCode);
    await guess.takeBack();
    const on = { totpSealed: user.totpSealed, step, codeHashes: codes.hashes };
    return answerOutcome(await confirmTotp(database, idOf(user), on, asking), answer);
  });

  app.post("/api/me/totp/end", door.self(), inBounds, async (c) => {
    const read = await readBody(c.req, TotpEnd);
    if (read.kind === "problem") return refuse(read.problem);
    const [user, asking] = [await selfOf(c), door.asking(c, read.body)];
    const before = await answeredBefore(database, user.organisationId, "totp-off", asking);
    if (before !== undefined) return answerOutcome(before);
    if (user.totpSince === null) return refuse(problems.totpOff);
    const wrong = await wrongPassword(c, user, read.body.password);
    if (wrong !== undefined) return wrong;
    const { who, address, now } = asking;
    const refusal = await secondFactor.refusalOf(user, read.body.code, { who, address, now });
    return refusal ?? answerOutcome(await endTotp(database, idOf(user), asking));
  });

  /** Whoever finds an open page and guesses at the password is slowed down as at the door. */
  async function wrongPassword(
    c: Context,
    user: User,
    password: string,
  ): Promise<Response | undefined> {
    const guess = await guesses.begin(user.email, addressOf(c), undefined);
    if (!guess.isAllowed) return refuse(problems.tooManyTries);
    const verdict = await passwords.check(password, user.passwordHash);
    if (verdict === undefined) return refuse(problems.overloaded, { "retry-after": "2" });
    if (!verdict.isRight) return refuse(problems.wrongPassword);
    await guess.takeBack();
    return undefined;
  }

  async function selfOf(c: Context<OfficeEnv>): Promise<User> {
    const id = userOf(c.var.person);
    const user = id && (await readUser(database, id));
    if (user === undefined) throw new Error("a login belongs to somebody");
    return user;
  }

  const viewOf = async (user: User) => ({
    organisation_id: user.organisationId,
    user_id: user.userId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    has_totp: user.totpSince !== null,
    recovery_codes_left: user.totpSince === null ? 0 : await recoveryCodesLeft(database, user),
  });

  return app;
}

const idOf = ({ organisationId, userId }: User) => ({ organisationId, userId });
