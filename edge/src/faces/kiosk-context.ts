import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Login } from "./logins.ts";

/** What stands around a request: the login that came with it. */
export interface KioskEnv {
  Bindings: HttpBindings;
  Variables: { login?: Login };
}

/** One request to the kiosk. */
export type KioskContext = Context<KioskEnv>;
export type Handler = (context: KioskContext) => Response | Promise<Response>;

/** The login that the guard found; a route without `anyone` always has one. */
export function loginOf(context: KioskContext): Login {
  const login = context.get("login");
  if (login === undefined) throw new Error("a guarded route ran without a login");
  return login;
}

/** The camera that the address names; undefined when it names none. */
export const cameraIn = (context: KioskContext): string | undefined =>
  context.req.param("camera_id") ?? context.req.query("camera_id");

/** Who acts, as the ledger names them. */
export const actorOf = ({ operator, role }: Login): Actor => ({
  kind: role === "technician" ? "technician" : "attendant",
  id: operator,
});
