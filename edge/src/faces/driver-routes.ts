import { DriverCode, DriverLook, DriverOfferRequest } from "@gatehouse/shared/contracts/driver-pay";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { type Desk, isRefusal } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { AskedOften } from "./asked-often.ts";
import type { Handler, KioskContext } from "./kiosk-context.ts";
import { Lockout } from "./lockout.ts";
import { problems } from "./problems.ts";
import { isThisMachine, placeOf } from "./sign-in.ts";

type DriverRoute = Extract<RouteName, `${string} /api/pay${string}`>;

/** Plates and tickets that are not here, from one place, without a wait: whoever tries more is going through a list. */
const freeMisses = 9;
/** From one place in a real minute: many phones may stand behind one address of a mobile network. */
const looksMost = 30;
const offersMost = 10;
/** A phone that waits for its payment asks every few seconds. */
const waitsMost = 240;

export interface DriverRoutesDeps {
  readonly desk: () => Desk["drivers"];
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
}

const { asked } = askingWith({
  "not-inside": 404,
  "no-such-session": 404,
  "no-such-gateway": 404,
  "no-such-code": 404,
  "too-many-offers": 429,
});

/** What a driver's phone asks, without a login: little at a time, and nothing that goes through lists of plates. */
export function driverRoutes({
  desk,
  clock,
  rate,
}: DriverRoutesDeps): Record<DriverRoute, Handler> {
  const misses = new Lockout({ clock, rate, freeFailures: freeMisses });
  const looks = new AskedOften({ clock, rate, most: looksMost });
  const offers = new AskedOften({ clock, rate, most: offersMost });
  const waits = new AskedOften({ clock, rate, most: waitsMost });

  /** @param act what is asked; where it finds no stay, that counts as a guess */
  const guarded = async (
    context: KioskContext,
    often: AskedOften,
    act: (noting: <T extends object>(answer: T) => T) => Response | Promise<Response>,
  ): Promise<Response> => {
    const place = phoneOf(context);
    // A phone that waits for its payment names a secret of its own: others' guesses do not hold it up.
    const wait = often === waits ? 0 : misses.wait(place);
    if (wait > 0) return refuse(problems.slowDown, { "retry-after": `${Math.ceil(wait / 1000)}` });
    if (!often.admit(place)) return refuse(problems.slowDown, { "retry-after": "60" });
    return act((answer) => {
      if (isRefusal(answer) && guesses.has(answer.reason)) misses.begin(place);
      return answer;
    });
  };

  return {
    "GET /api/pay": (c) => c.json(desk().page()),
    "POST /api/pay/due": (c) =>
      guarded(c, looks, (noting) => asked(c, DriverLook, (look) => noting(desk().due(look)))),
    "POST /api/pay/code": (c) =>
      guarded(c, looks, (noting) => asked(c, DriverCode, (code) => noting(desk().redeem(code)))),
    "POST /api/pay/offer": (c) =>
      guarded(c, offers, (noting) =>
        asked(c, DriverOfferRequest, async (request) => noting(await desk().offer(request))).catch(
          gatewayFault,
        ),
      ),
    "GET /api/pay/payments/:request_id": (c) =>
      guarded(c, waits, () => {
        const found = desk().payment(c.req.param("request_id") ?? "");
        return found === undefined ? refuse(problems.noSuchPress) : c.json(found);
      }),
  };
}

/** What somebody is told who tries plates, tickets or codes that are none. */
const guesses = new Set(["not-inside", "no-such-code", "code-used"]);

/** A gateway that is away is the driver's to know, and no more of it. */
function gatewayFault(error: unknown): Response {
  if (!(error instanceof Fault) || !error.code.startsWith("gateway-")) throw error;
  return refuse(problems.gatewayAway);
}

/**
 * Where the phone is. A web server on this machine that stands before us for the internet says it in the last place of
 * `X-Forwarded-For`; nobody else is believed.
 */
function phoneOf(context: KioskContext): string {
  const { remoteAddress } = context.env.incoming.socket;
  const forwarded = context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return placeOf(isThisMachine(remoteAddress) && forwarded ? forwarded : remoteAddress);
}
