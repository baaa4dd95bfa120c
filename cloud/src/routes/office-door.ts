import { HeadOfficeLogin } from "@gatehouse/shared/contracts/office";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { minutes } from "@gatehouse/shared/time";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { beginLogin, isLogin } from "../domain/login.ts";
import { isOneOf, sha256 } from "../domain/secret.ts";
import { bearerOf } from "./facility-door.ts";
import { orderMax, problems } from "./problems.ts";
import { RateLimit } from "./rate-limit.ts";
import { readBody } from "./request-body.ts";

const cookieName = "gatehouse_office";
/** So many wrong tokens within `triesWithin` from one address, then it waits: that slows guessing down. */
const triesMax = 10;
const triesWithin = minutes(1);

export interface OfficeDoorPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly officeToken: string;
  /** Where a request comes from, for the limit on guessing. */
  readonly addressOf: (c: Context) => string;
}

/** Who may use head office: the bearer of its token, by a header (tools) or by a login (the page). */
export class OfficeDoor {
  readonly #ports: OfficeDoorPorts;
  readonly #guesses: RateLimit;
  readonly #tokenHash: string;

  constructor(ports: OfficeDoorPorts) {
    this.#ports = ports;
    this.#guesses = new RateLimit(ports.clock, triesMax, triesWithin);
    this.#tokenHash = sha256(ports.officeToken);
  }

  /** Lets in who is signed in; what changes something must also come from our own page. */
  readonly officeOnly: MiddlewareHandler = async (c, next) => {
    const token = bearerOf(c.req.header("authorization"));
    if (token !== undefined) {
      const refusal = this.#refusalOf(c, token);
      return refusal ?? next();
    }
    const { officeToken, clock } = this.#ports;
    if (!isLogin(officeToken, getCookie(c, cookieName), clock.now()))
      return refuse(problems.notSignedIn);
    if (c.req.method !== "GET" && !isOwnOrigin(c)) return refuse(problems.foreignOrigin);
    return next();
  };

  routes(): Hono {
    const app = new Hono();
    const inBounds = bodyLimit({ maxSize: orderMax, onError: () => refuse(problems.tooLarge) });

    app.post("/api/login", inBounds, async (c) => {
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

    app.post("/api/logout", inBounds, (c) => {
      if (!isOwnOrigin(c)) return refuse(problems.foreignOrigin);
      deleteCookie(c, cookieName, { path: "/" });
      return c.body(null, 204);
    });
    return app;
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

/** A browser names the page that sends a request; another site's page is refused. */
function isOwnOrigin(c: Context): boolean {
  const origin = c.req.header("origin");
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

const isHttps = (c: Context): boolean =>
  c.req.header("x-forwarded-proto") === "https" || c.req.url.startsWith("https:");
