import { z } from "zod";
import {
  ApdsDemand,
  ApdsPlace,
  ApdsPlaces,
  ApdsRates,
  DatexStatus,
  DatexTable,
  OpenDataOrder,
  OpenDataSetting,
} from "../open-data.ts";
import { listPage } from "./lists.ts";
import { takes, v1Route } from "./route.ts";

const area = "Open data";
const place = "/v1/open-data/places/{place_id}";
const setting = "/v1/facilities/{facility_id}/open-data";
const access = { kind: "anyone", why: "the facility has said that everybody may know it" } as const;

const open = <const Id extends string, const Path extends string, Answer extends z.ZodType<object>>(
  id: Id,
  path: Path,
  summary: string,
  answer: Answer,
) =>
  v1Route({
    id,
    method: "GET",
    path: `${place}${path}`,
    area,
    summary,
    access,
    answer,
    problems: ["no-such-place"],
  });

export const listPlaces = v1Route({
  id: "listPlaces",
  method: "GET",
  path: "/v1/open-data/places",
  area,
  summary: "Every facility that tells everybody how full it is.",
  access,
  query: z.object({ ...listPage }),
  answer: ApdsPlaces,
});

export const getPlace = open("getPlace", "", "A facility and its parts (APDS).", ApdsPlace);
export const getDemand = open("getDemand", "/demand", "How full it is (APDS).", ApdsDemand);
export const getRates = open("getRates", "/rates", "What it costs (APDS).", ApdsRates);
export const getDatexTable = open(
  "getDatexTable",
  "/datex2/table",
  "What there is (DATEX II).",
  DatexTable,
);
export const getDatexStatus = open(
  "getDatexStatus",
  "/datex2/status",
  "How full it is (DATEX II).",
  DatexStatus,
);

export const getOpenData = v1Route({
  id: "getOpenData",
  method: "GET",
  path: setting,
  area,
  summary: "Whether a facility tells everybody; its etag is for If-Match.",
  access: takes("see-facilities"),
  answer: OpenDataSetting,
});

export const setOpenData = v1Route({
  id: "setOpenData",
  method: "PUT",
  path: setting,
  area,
  summary: "Sets whether a facility tells everybody how full it is and what it costs.",
  access: takes("set-prices"),
  body: OpenDataOrder,
  answer: OpenDataSetting,
  problems: ["other-version", "changed-meanwhile"],
});
