import { HeadOfficeLogin } from "@gatehouse/shared/contracts/office";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { beginLogin, isLogin } from "../domain/login.ts";
import { officeTokenBearer, type Person, rootOrganisation } from "../domain/people/person.ts";
import { may, mayAnywhere, type Place } from "../domain/people/rights.ts";
import { isOneOf, sha256 } from "../domain/secret.ts";
import { anyone, declare } from "./declared-access.ts";
import { bearerOf } from "./facility-door.ts";
import { isHttps, isOwnOrigin } from "./own-origin.ts";
import { orderMax, problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";
import { readBody } from "./request-body.ts";

const cookieName = "gatehouse_office";
/** So many wrong tokens within `triesWithin` from one address, then it waits: that slows guessing down. */
const triesMax = 10;
const triesWithin = minutes(1);

/** What a guard has found out for the route behind it. */
export interface OfficeEnv {
  Variables: {
    person: Person;
    /** The facility that the path names. */
    place: Place | undefined;
  };
}

/** Whether whoever a guard has let through may also do this, at the place where they were let through. */
export const allows = (c: Context<OfficeEnv>, right: Right): boolean =>
  isAllowed(c.var.person, right, c.var.place);

const isAllowed = (person: Person, right: Right, place: Place | undefined): boolean =>
  place === undefined ? mayAnywhere(person, right) : may(person, right, place);

/** A guard: lets through whoever has one of the rights. */
export type Asks = (...anyOf: readonly [Right, ...Right[]]) => MiddlewareHandler<OfficeEnv>;

export interface OfficeDoorPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly officeToken: string;
  /** Where a request comes from, for the limit on guessing. */
  readonly addressOf: (c: Context) => string;
}

/** Who may use head office, and for what: the bearer of a token (tools), or whoever has a login (the page). */
export class OfficeDoor {
  readonly #ports: OfficeDoorPorts;
  readonly #guesses: RateLimit;
  readonly #tokenHash: string;

  constructor(ports: OfficeDoorPorts) {
    this.#ports = ports;
    this.#guesses = new RateLimit(ports.clock, triesMax, triesWithin);
    this.#tokenHash = sha256(ports.officeToken);
  }

  /**
   * Lets through whoever has one of the rights: at the facility that the path names as `:facility_id`, else anywhere.
   * Which of several a request takes, its route finds out with `allows`. Without a token, what changes something must
   * also come from our own page.
   */
  readonly asks: Asks = (...anyOf) =>
    declare({ kind: "right", anyOf }, async (c, next) => {
      const person = this.#whoIs(c);
      if (person instanceof Response) return person;
      const place = placeOf(c);
      if (!anyOf.some((right) => isAllowed(person, right, place)))
        return refuse(problems.notAllowed(anyOf));
      c.set("person", person);
      c.set("place", place);
      return next();
    });

  routes(): Hono {
    const app = new Hono();
    const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });

    app.post("/api/login", anyone("who is not signed in yet signs in"), inBounds, async (c) => {
      if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
      const read = await readBody(c.req, HeadOfficeLogin);
      if (read.kind === "problem") return refuse(read.problem);
      const refusal = this.#refusalOf(c, read.body.token.trim());
      if (refusal !== undefined) return refusal;
      const { officeToken, random, clock } = this.#ports;
      setCookie(c, cookieName, beginLogin(officeToken, random.id(), clock.now()), {
        path: "/",
        httpOnly: true,
        sameSite: "Strict",
        secure: isHttps(c),
      });
      return c.body(null, 204);
    });

    app.post("/api/logout", anyone("whose login has ended signs out too"), inBounds, (c) => {
      if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
      deleteCookie(c, cookieName, { path: "/" });
      return c.body(null, 204);
    });
    return app;
  }

  #whoIs(c: Context): Person | Response {
    const token = bearerOf(c.req.header("authorization"));
    if (token !== undefined) return this.#refusalOf(c, token) ?? officeTokenBearer;
    const { officeToken, clock } = this.#ports;
    if (!isLogin(officeToken, getCookie(c, cookieName), clock.now()))
      return refuse(problems.notSignedIn);
    if (c.req.method !== "GET" && !isOwnOrigin(c)) return refuse(problems.foreignOrigin);
    return officeTokenBearer;
  }

  #refusalOf(c: Context, token: string): Response | undefined {
    const address = this.#ports.addressOf(c);
    if (!this.#guesses.begin(address))
      return refuse(problems.tooManyTries, { "retry-after": String(triesWithin / 1000) });
    if (!isOneOf(token, [this.#tokenHash])) return refuse(problems.wrongToken);
    this.#guesses.forgive(address);
    return undefined;
  }
}

function placeOf(c: Context): Place | undefined {
  const facilityId = c.req.param("facility_id");
  if (facilityId === undefined) return undefined;
  return { kind: "facility", facilityId, organisationId: rootOrganisation };
}
