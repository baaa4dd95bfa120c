import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { OfficeKey } from "../../domain/people/office-key.ts";
import type { Database } from "../../store/database.ts";
import type { OfficeDoor } from "../office-door.ts";
import { orderMax, problems } from "../problems.ts";
import type { OfficeToken } from "./office-token.ts";
import type { Passwords } from "./passwords.ts";

/** What the routes of people work with. */
export interface PeoplePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly key: OfficeKey;
  readonly door: OfficeDoor;
  readonly officeToken: OfficeToken;
  readonly passwords: Passwords;
  readonly addressOf: (c: Context) => string;
}

/** No body of these routes is larger than an order. */
export const inBounds: MiddlewareHandler = bodyLimit({
  maxSize: orderMax,
  onError: () => refuse(problems.tooLarge),
});
