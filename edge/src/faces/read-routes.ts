import { refuse } from "@gatehouse/shared/refusal";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import type { RouteName } from "./access.ts";
import type { Handler } from "./kiosk-context.ts";
import { badQuestion, problems } from "./problems.ts";

type ReadRoute = Extract<RouteName, `${string} /api/reads/${string}`>;

const kinds = ["plate", "vehicle", "overview"] as const;

/** The pictures of plate reads; `?kind=` plate, vehicle or overview, left out: the closest one that there is. */
export function readRoutes(pictures: () => ReadPictures | undefined): Record<ReadRoute, Handler> {
  return {
    "GET /api/reads/:reader_id/:read_id/picture": async (c) => {
      const asked = c.req.query("kind");
      const kind = kinds.find((each) => each === asked);
      if (asked !== undefined && kind === undefined) return refuse(badQuestion("kind"));
      const { reader_id: reader = "", read_id: read = "" } = c.req.param();
      const picture = await pictures()?.find(reader, read, kind);
      if (picture === undefined) return refuse(problems.noSuchPicture);
      // A read's picture never becomes another one.
      const headers = { "content-type": "image/jpeg", "cache-control": "private, max-age=3600" };
      return c.body(Uint8Array.from(picture), 200, headers);
    },
  };
}
