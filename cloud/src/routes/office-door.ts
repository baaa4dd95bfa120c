import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { isLogin } from "../domain/login.ts";
import { newSecret } from "../domain/people/office-key.ts";
import { officeTokenBearer, type Person } from "../domain/people/person.ts";
import { may, mayAnywhere, type Place } from "../domain/people/rights.ts";
import { sha256 } from "../domain/secret.ts";
import type { Database } from "../store/database.ts";
import { findToken, isTokenOpen } from "../store/people/api-tokens.ts";
import type { Asking } from "../store/people/audited.ts";
import { readGrants } from "../store/people/grants.ts";
import { endLogin, findLogin, isLoginOpen, rotateLogin } from "../store/people/logins.ts";
import { facilityPlace } from "../store/people/organisations.ts";
import { type Access, declare } from "./declared-access.ts";
import { bearerOf } from "./facility-door.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { loginCookie, officeCookie, setOwnCookie } from "./people/cookies.ts";
import { keyedText, readKeyedText } from "./people/keyed-text.ts";
import type { OfficeToken } from "./people/office-token.ts";
import { problems } from "./problems.ts";

/** What a guard has found out for the route behind it. */
export interface OfficeEnv {
  Variables: {
    person: Person;
    /** The facility that the path names. */
    place: (Place & { kind: "facility" }) | undefined;
    /** The `Idempotency-Key` of the request, for the audit. */
    idempotencyKey: string | undefined;
  };
}

/** A guard: lets through whoever has one of the rights. */
export type Asks = (...anyOf: readonly [Right, ...Right[]]) => MiddlewareHandler<OfficeEnv>;

export interface OfficeDoorPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly officeToken: OfficeToken;
  /** Where a request comes from, for the audit. */
  readonly addressOf: (c: Context) => string;
}

/** Who may use head office, and for what: whoever has a login (the page), or the bearer of a token (tools). */
export class OfficeDoor {
  readonly #ports: OfficeDoorPorts;

  constructor(ports: OfficeDoorPorts) {
    this.#ports = ports;
  }

  /**
   * Lets through whoever has one of the rights: at the facility that the path names as `:facility_id`, else anywhere.
   * Which of several a request takes, its route finds out with `allows`. Without a token, what changes something must
   * also come from our own page.
   */
  readonly asks: Asks = (...anyOf) =>
    this.#guard({ kind: "right", anyOf }, async (c, person) => {
      const facilityId = c.req.param("facility_id");
      if (facilityId === undefined)
        return anyOf.some((right) => mayAnywhere(person, right))
          ? undefined
          : refuse(problems.notAllowed(anyOf));
      const place = await facilityPlace(this.#ports.database, facilityId);
      // Whoever may not even see a facility is not told that there is one.
      if (place === undefined || !may(person, "see-facilities", place))
        return refuse(
          mayAnywhere(person, anyOf[0]) ? problems.noFacility : problems.notAllowed(anyOf),
        );
      if (!anyOf.some((right) => may(person, right, place)))
        return refuse(problems.notAllowed(anyOf));
      c.set("place", place);
      return undefined;
    });

  /** Lets through whoever is known here, whatever their rights. */
  readonly known = (): MiddlewareHandler<OfficeEnv> =>
    this.#guard({ kind: "known" }, () => Promise.resolve(undefined));

  /** Lets through whoever is signed in with a password: a token, which lies in a file, never changes its own account. */
  readonly self = (): MiddlewareHandler<OfficeEnv> =>
    this.#guard({ kind: "self" }, (_, { who }) =>
      Promise.resolve(who.kind === "login" ? undefined : refuse(problems.passwordOnly)),
    );

  /** Who asks now, or how they are refused. Asked again for a long answer, it tells whether its login still holds. */
  async whoIs(c: Context): Promise<Person | Response> {
    const token = bearerOf(c.req.header("authorization"));
    if (token !== undefined) return this.#bearer(c, token);
    if (getCookie(c, loginCookie) === undefined && getCookie(c, officeCookie) === undefined)
      return refuse(problems.notSignedIn);
    // Before anything is looked up, so that another site's page learns nothing about logins.
    if (c.req.method !== "GET" && !isOwnOrigin(c)) return refuse(problems.foreignOrigin);
    const person = (await this.#login(c)) ?? (await this.#officeLogin(c));
    return person ?? refuse(problems.notSignedIn);
  }

  /** The same person later, with the rights that they have then; undefined when their login or token has ended. */
  async again({ who, scopes }: Person): Promise<Person | undefined> {
    const { database, clock, officeToken } = this.#ports;
    if (who.kind === "office-token")
      return (await officeToken.isRetired()) ? undefined : officeTokenBearer;
    const isOpen =
      who.kind === "login"
        ? await isLoginOpen(database, who, clock.now())
        : await isTokenOpen(database, who, clock.now());
    return isOpen ? { who, scopes, grants: (await readGrants(database, who)).grants } : undefined;
  }

  /** Who wants a change, for the audit. */
  asking(
    c: Context<OfficeEnv>,
    body: { readonly request_id?: string | undefined; readonly why?: string | undefined } = {},
  ): Asking {
    return {
      who: c.var.person.who,
      address: this.#ports.addressOf(c),
      now: this.#ports.clock.now(),
      requestId: body.request_id ?? c.get("idempotencyKey"),
      why: body.why,
    };
  }

  #guard(
    access: Access,
    refusalOf: (c: Context<OfficeEnv>, person: Person) => Promise<Response | undefined>,
  ): MiddlewareHandler<OfficeEnv> {
    return declare(access, async (c: Context<OfficeEnv>, next) => {
      const person = await this.whoIs(c);
      if (person instanceof Response) return person;
      c.set("person", person);
      return (await refusalOf(c, person)) ?? next();
    });
  }

  async #bearer(c: Context, token: string): Promise<Person | Response> {
    const { database, clock, officeToken, addressOf } = this.#ports;
    const key = readKeyedText(token);
    if (key === undefined)
      return (await officeToken.refusalOf(addressOf(c), token)) ?? officeTokenBearer;
    const { organisationId, id: tokenId, secret } = key;
    if (!officeToken.mayGuess(addressOf(c))) return officeToken.tooMany();
    const found = await findToken(database, { organisationId, tokenId }, secret, clock.now());
    if (found === undefined) {
      officeToken.countGuess(addressOf(c));
      return refuse(problems.wrongToken);
    }
    const { grants } = await readGrants(database, found.user);
    return { who: { kind: "api-token", ...found.user, tokenId }, grants, scopes: found.scopes };
  }

  async #login(c: Context): Promise<Person | undefined> {
    const { database, clock, random, addressOf } = this.#ports;
    const shown = readKeyedText(getCookie(c, loginCookie));
    if (shown === undefined) return undefined;
    const { organisationId, id: loginId, secret } = shown;
    const [key, now] = [{ organisationId, loginId }, clock.now()];
    const found = await findLogin(database, key, secret, now);
    if (found.kind === "none") return undefined;
    if (found.kind === "stolen") {
      const from = { address: addressOf(c), now };
      await endLogin(database, { ...found.user, loginId }, "login-stolen", from);
      return undefined;
    }
    if (found.isDue) {
      const fresh = newSecret(() => random.id()).toString("base64url");
      const secrets = { shownSha256: sha256(secret), newSha256: sha256(fresh) };
      if (await rotateLogin(database, key, secrets, now))
        setOwnCookie(c, loginCookie, keyedText({ ...shown, secret: fresh }));
    }
    const { grants } = await readGrants(database, found.user);
    return { who: { kind: "login", ...found.user, loginId }, grants };
  }

  /** A login with head office's first token, which its browser keeps as a signed note. */
  async #officeLogin(c: Context): Promise<Person | undefined> {
    const { officeToken, clock } = this.#ports;
    if (!isLogin(officeToken.text, getCookie(c, officeCookie), clock.now())) return undefined;
    return (await officeToken.isRetired()) ? undefined : officeTokenBearer;
  }
}

/** Whether whoever a guard has let through may also do this, at the place where they were let through. */
export function allows(c: Context<OfficeEnv>, right: Right): boolean {
  const { person, place } = c.var;
  return place === undefined ? mayAnywhere(person, right) : may(person, right, place);
}

/** The facility that the path names and a guard has let through to. */
export function placeOf(c: Context<OfficeEnv>): Place & { kind: "facility" } {
  const { place } = c.var;
  if (place === undefined) throw new Error("the path of this route names no facility");
  return place;
}
