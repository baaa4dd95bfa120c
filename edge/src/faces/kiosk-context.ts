import type { Actor } from "@gatehouse/shared/contracts/event";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Login } from "./logins.ts";

/** One request to the kiosk, and the login that came with it. */
export type KioskContext = Context<{ Bindings: HttpBindings; Variables: { login?: Login } }>;
export type Handler = (context: KioskContext) => Response | Promise<Response>;

/** The login that the guard found; a route without `anyone` always has one. */
export function loginOf(context: KioskContext): Login {
  const login = context.get("login");
  if (login === undefined) throw new Error("a guarded route ran without a login");
  return login;
}

/** Who acts, as the ledger names them. */
export const actorOf = ({ operator, role }: Login): Actor => ({
  kind: role === "technician" ? "technician" : "attendant",
  id: operator,
});
