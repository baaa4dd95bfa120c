import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { type Database, isUnavailable } from "../store/database.ts";
import { problems } from "./problems.ts";

/** `/healthz`: the process lives. `/readyz`: it also reaches its database. */
export function healthRoutes(database: Database): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    try {
      await database.pool.query("select 1");
      return c.json({ status: "ok" });
    } catch (error) {
      if (isUnavailable(error)) return refuse(problems.databaseAway);
      throw error;
    }
  });
  return app;
}
