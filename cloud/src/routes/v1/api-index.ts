import { type ApiIndex, getApiIndex, getOpenApi } from "@gatehouse/shared/contracts/v1/api";
import { Hono } from "hono";
import type { OfficeEnv } from "../office-door.ts";
import { describedRoutes } from "./described.ts";
import { apiVersion, openApi } from "./openapi.ts";
import type { V1Desk } from "./v1-desk.ts";

/**
 * What the API tells of itself.
 *
 * @param whole the app whose routes they are; asked once the first wants to know, when all of them stand
 */
export function apiIndexRoutes(v1: V1Desk, whole: Hono): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const put = v1.on(app);
  let index: ApiIndex | undefined;
  let document: ReturnType<typeof openApi> | undefined;

  put(getApiIndex, () => {
    index ??= {
      name: "Gatehouse head office",
      version: apiVersion,
      document: getOpenApi.path,
      routes: describedRoutes(whole).map(({ id, method, path, area, summary }) => ({
        id,
        method,
        path,
        area,
        summary,
      })),
    };
    return Promise.resolve(index);
  });
  put(getOpenApi, () => {
    document ??= openApi(describedRoutes(whole));
    return Promise.resolve(document as { openapi: string });
  });
  return app;
}
