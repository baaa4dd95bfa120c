import { Hono, type MiddlewareHandler } from "hono";
import { expect, test } from "vitest";
import { anyone, checkDeclared, declare } from "../../src/routes/declared-access.ts";

const guard = (): MiddlewareHandler => declare({ kind: "self" }, (_, next) => next());

test("an app in which a route says not whom it answers does not come to be", () => {
  const app = new Hono().get("/open", anyone("a test"), (c) => c.text("open"));
  checkDeclared(app);
  app.route(
    "/",
    new Hono().post("/forgotten/:id", (c) => c.text("secret")),
  );
  expect(() => checkDeclared(app)).toThrow(
    "POST /forgotten/:id must declare exactly once whom it answers",
  );
});

test("a route with two opinions is none, and one that answers every method must declare too", () => {
  const twice = new Hono().get("/twice", guard(), anyone("a test"), (c) => c.text("?"));
  expect(() => checkDeclared(twice)).toThrow(/GET \/twice/);
  const all = new Hono().all("/all", (c) => c.text("?"));
  expect(() => checkDeclared(all)).toThrow(/ALL \/all/);
});

test("middleware for many routes is no route", () => {
  const app = new Hono();
  app.use(async (_, next) => next());
  expect(() => checkDeclared(app)).not.toThrow();
});
