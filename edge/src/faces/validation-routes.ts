import { tokenIn } from "@gatehouse/shared/bearer-token";
import { CodeRequest, MerchantValidationRequest } from "@gatehouse/shared/contracts/validations";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import { type Desk, refusal } from "../flows/desk.ts";
import type { RouteName } from "./access.ts";
import { askingWith } from "./asked.ts";
import { AskedOften } from "./asked-often.ts";
import type { Handler, KioskContext } from "./kiosk-context.ts";
import { Lockout } from "./lockout.ts";
import { problems } from "./problems.ts";
import { placeOf } from "./sign-in.ts";

type ValidationRoute = Extract<RouteName, `${string} /api/validate${string}`>;

/** Wrong tokens from one place without a wait. */
const freeFailures = 9;
/** What one merchant may ask in a real minute, at however many of its tills. */
const askedMost = 60;

export interface ValidationRoutesDeps {
  readonly desk: () => Pick<
    Desk["money"],
    "merchantPage" | "validateAsMerchant" | "codeAsMerchant"
  >;
  readonly clock: Clock;
  /** Virtual seconds a real second. */
  readonly rate: number;
}

const { asked } = askingWith({ "no-such-merchant": 401, "not-inside": 404 });
const ended = refusal("no-such-merchant", "This token holds no longer.");

/** What a merchant does for its customers with a token of its own: on its page, or from its own till. */
export function validationRoutes({
  desk,
  clock,
  rate,
}: ValidationRoutesDeps): Record<ValidationRoute, Handler> {
  const wrongTokens = new Lockout({ clock, rate, freeFailures });
  const asks = new AskedOften({ clock, rate, most: askedMost });

  /** Whose token came, and whether it may be used now. */
  const guarded = async (
    context: KioskContext,
    act: (token: string, page: object) => Response | Promise<Response>,
  ): Promise<Response> => {
    const place = placeOf(context.env.incoming.socket.remoteAddress);
    const wait = wrongTokens.wait(place);
    if (wait > 0) return refuse(problems.slowDown, { "retry-after": `${Math.ceil(wait / 1000)}` });
    const token = tokenIn(context.req.header("authorization"));
    const page = token === undefined ? undefined : desk().merchantPage(token);
    if (token === undefined || page === undefined) {
      wrongTokens.begin(place);
      return refuse(problems.noSuchMerchant);
    }
    wrongTokens.forgive(place);
    if (!asks.admit(page.merchant_id)) return refuse(problems.slowDown, { "retry-after": "60" });
    return act(token, page);
  };

  return {
    "GET /api/validate": (c) => guarded(c, (_, page) => c.json(page)),
    "POST /api/validate": (c) =>
      guarded(c, (token) =>
        asked(
          c,
          MerchantValidationRequest,
          (body) => desk().validateAsMerchant(token, body) ?? ended,
        ),
      ),
    "POST /api/validate/code": (c) =>
      guarded(c, (token) =>
        asked(c, CodeRequest, (body) => desk().codeAsMerchant(token, body) ?? ended),
      ),
  };
}
