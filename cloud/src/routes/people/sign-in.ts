import { HeadOfficeLogin, type WaysIn } from "@gatehouse/shared/contracts/own-account";
import { InvitationAccept } from "@gatehouse/shared/contracts/people";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { beginLogin as officeLogin } from "../../domain/login.ts";
import { newSecret } from "../../domain/people/office-key.ts";
import { passwordFault } from "../../domain/people/password-rules.ts";
import { sha256 } from "../../domain/secret.ts";
import { rehashPassword } from "../../store/people/credentials.ts";
import { acceptInvitation, isInvited } from "../../store/people/invitations.ts";
import { beginLogin, endLogin, findLogin } from "../../store/people/logins.ts";
import { readUser, type User, userByEmail } from "../../store/people/user-rows.ts";
import { anyone } from "../declared-access.ts";
import { isOwnOrigin } from "../own-origin.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { browserCookie, clearLogins, loginCookie, officeCookie, setOwnCookie } from "./cookies.ts";
import { Guesses, guessesForgottenS } from "./guesses.ts";
import { keyedText, readKeyedText } from "./keyed-text.ts";
import { answerOutcome } from "./outcome-answer.ts";
import { inBounds, type PeoplePorts } from "./people-ports.ts";
import { SecondFactor } from "./second-factor.ts";

/** What a browser calls itself is kept no longer than this. */
const agentMax = 200;

/** Signing in and out, and the invitation that begins an account. */
export function signInRoutes(ports: PeoplePorts): Hono {
  const { database, clock, random, passwords, officeToken, addressOf } = ports;
  const app = new Hono();
  const guesses = new Guesses(ports, "sign-in");
  const secondFactor = new SecondFactor(ports);
  const tooMany = () => refuse(problems.tooManyTries, { "retry-after": String(guessesForgottenS) });

  app.get("/api/login", anyone("the page asks how to sign in"), async (c) =>
    c.json({ takes_token: !(await officeToken.isRetired()) } satisfies WaysIn),
  );

  app.post("/api/login", anyone("who is not signed in yet signs in"), inBounds, async (c) => {
    if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
    const read = await readBody(c.req, HeadOfficeLogin);
    if (read.kind === "problem") return refuse(read.problem);
    return "token" in read.body ? withToken(c, read.body.token) : withPassword(c, read.body);
  });

  app.post("/api/logout", anyone("whose login has ended signs out too"), inBounds, async (c) => {
    if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
    const shown = readKeyedText(getCookie(c, loginCookie));
    if (shown !== undefined) {
      const { organisationId, id: loginId, secret } = shown;
      const now = clock.now();
      const found = await findLogin(database, { organisationId, loginId }, secret, now);
      const from = { address: addressOf(c), now };
      if (found.kind === "login")
        await endLogin(database, { ...found.user, loginId }, "signed-out", from);
    }
    clearLogins(c);
    return c.body(null, 204);
  });

  app.post(
    "/api/invitations/accept",
    anyone("the code in the invitation is the right"),
    inBounds,
    async (c) => {
      if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
      const read = await readBody(c.req, InvitationAccept);
      if (read.kind === "problem") return refuse(read.problem);
      const { code, password } = read.body;
      const shown = readKeyedText(code.trim());
      if (shown === undefined) return refuse(problems.noSuchInvitation);
      const user = { organisationId: shown.organisationId, userId: shown.id };
      const codeSha256 = sha256(shown.secret);
      if (!officeToken.mayGuess(addressOf(c))) return officeToken.tooMany();
      // Before anything costly is done for it.
      const invited = await readUser({ drizzle: database.drizzle }, user);
      if (!invited?.isActive || !(await isInvited(database, user, codeSha256, clock.now()))) {
        officeToken.countGuess(addressOf(c));
        return refuse(problems.noSuchInvitation);
      }
      const { email, firstName, lastName } = invited;
      const fault = passwordFault(password, [email, firstName, lastName]);
      if (fault !== undefined) return refuse(problems.weakPassword(fault));
      const passwordHash = await passwords.hash(password);
      if (passwordHash === undefined) return refuse(problems.overloaded, { "retry-after": "2" });
      const loginId = random.id();
      const accepted = await acceptInvitation(
        database,
        user,
        { codeSha256, passwordHash },
        { who: { kind: "login", ...user, loginId }, address: addressOf(c), now: clock.now() },
      );
      if (accepted.kind === "refused") return answerOutcome(accepted);
      return welcome(c, invited, loginId);
    },
  );

  async function withToken(c: Context, token: string): Promise<Response> {
    const refusal = await officeToken.refusalOf(addressOf(c), token.trim());
    if (refusal !== undefined) return refusal;
    setOwnCookie(c, officeCookie, officeLogin(officeToken.text, random.id(), clock.now()));
    return c.body(null, 204);
  }

  async function withPassword(
    c: Context,
    asked: { email: string; password: string; code?: string | undefined },
  ): Promise<Response> {
    const email = asked.email.toLowerCase();
    const guess = await guesses.begin(email, addressOf(c), getCookie(c, browserCookie));
    if (!guess.isAllowed) return tooMany();
    const user = await userByEmail(database, email);
    const hash = user?.isActive === true ? user.passwordHash : undefined;
    const verdict = await passwords.check(asked.password, hash);
    if (verdict === undefined) return refuse(problems.overloaded, { "retry-after": "2" });
    if (!verdict.isRight || user === undefined) return refuse(problems.wrongCredentials);
    const loginId = random.id();
    const refusal = await secondFactor.refusalOf(user, asked.code, {
      who: { kind: "login", organisationId: user.organisationId, userId: user.userId, loginId },
      address: addressOf(c),
      now: clock.now(),
    });
    if (refusal !== undefined) return refusal;
    await guess.takeBack();
    if (verdict.isOld && user.passwordHash !== null) {
      const anew = await passwords.hash(asked.password);
      if (anew !== undefined) await rehashPassword(database, user, user.passwordHash, anew);
    }
    return welcome(c, user, loginId);
  }

  /** A new login with a new secret, whatever the browser had before; the browser is known from now on. */
  async function welcome(c: Context, user: User, loginId: string): Promise<Response> {
    const { organisationId, userId, email } = user;
    const secret = newSecret(() => random.id()).toString("base64url");
    const agent = (c.req.header("user-agent") ?? "").slice(0, agentMax);
    const login = { loginId, secretSha256: sha256(secret), address: addressOf(c), agent };
    const begun = await beginLogin(database, { organisationId, userId }, login, clock.now());
    if (begun.kind === "refused") return answerOutcome(begun);
    clearLogins(c, [officeCookie]);
    setOwnCookie(c, loginCookie, keyedText({ organisationId, id: loginId, secret }));
    const note = getCookie(c, browserCookie);
    if (note === undefined || !guesses.knows(note, email))
      setOwnCookie(c, browserCookie, guesses.note(email, random.id()));
    return c.body(null, 204);
  }

  return app;
}
