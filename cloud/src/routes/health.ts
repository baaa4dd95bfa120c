import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { type Database, isUnavailable } from "../store/database.ts";
import { anyone } from "./declared-access.ts";
import { problems } from "./problems.ts";

/** `/healthz`: the process lives. `/readyz`: it also reaches its database. */
export function healthRoutes(database: Database): Hono {
  const app = new Hono();
  app.get("/healthz", anyone("it says only that the process lives"), (c) =>
    c.json({ status: "ok" }),
  );
  app.get("/readyz", anyone("it says only that the database answers"), async (c) => {
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
