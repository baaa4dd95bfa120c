import {
  DraftOrder,
  NoticeOrder,
  ReplayOrder,
  ReplayTold,
  StaysTested,
  TariffCheck,
  TariffChecked,
  TariffDraft,
  TariffOrder,
  TariffSent,
  TariffsTold,
  TariffWhole,
  TestStays,
  WithdrawOrder,
} from "../rules/tariffs.ts";
import { NoQuery, takes, v1Route } from "./route.ts";

const area = "Tariffs";
const facility = "/v1/facilities/{facility_id}";
/** Largest tariff, in bytes. */
const tariffBytesMax = 256 * 1024;

export const listTariffs = v1Route({
  id: "listTariffs",
  method: "GET",
  path: `${facility}/tariffs`,
  area,
  summary: "Versions of the facility's tariffs, drafts, and which version holds when.",
  access: takes("see-facilities"),
  query: NoQuery,
  answer: TariffsTold,
});

export const getTariff = v1Route({
  id: "getTariff",
  method: "GET",
  path: `${facility}/tariffs/{tariff_id}/{version}`,
  area,
  summary: "One version with what it says.",
  access: takes("see-facilities"),
  query: NoQuery,
  answer: TariffWhole,
  problems: ["no-such-tariff"],
});

export const publishTariff = v1Route({
  id: "publishTariff",
  method: "POST",
  path: `${facility}/tariffs`,
  area,
  summary: "Sends a tariff to the facility, in force from the moment that it names.",
  access: takes("set-prices"),
  body: TariffOrder,
  bodyMax: tariffBytesMax,
  answer: TariffSent,
  status: 201,
  problems: ["version-known", "notice-needed", "never-in-force", "request-id-used"],
});

export const withdrawTariff = v1Route({
  id: "withdrawTariff",
  method: "POST",
  path: `${facility}/tariffs/{tariff_id}/{version}/withdraw`,
  area,
  summary: "Takes back a tariff that is not in force yet: the one before it is sent once more.",
  access: takes("set-prices"),
  body: WithdrawOrder,
  answer: TariffSent,
  status: 201,
  problems: ["no-such-tariff", "not-planned", "nothing-before", "request-id-used"],
});

export const checkTariffDraft = v1Route({
  id: "checkTariff",
  method: "POST",
  path: `${facility}/tariffs/check`,
  area,
  summary: "Everything that is wrong with a tariff, at once.",
  access: takes("set-prices"),
  body: TariffCheck,
  bodyMax: tariffBytesMax,
  answer: TariffChecked,
});

export const testStays = v1Route({
  id: "testStays",
  method: "POST",
  path: `${facility}/tariffs/test-stays`,
  area,
  summary: "What stays would cost under a tariff, line by line; nothing is changed.",
  access: takes("set-prices"),
  body: TestStays,
  bodyMax: tariffBytesMax,
  answer: StaysTested,
});

export const replayTariff = v1Route({
  id: "replayTariff",
  method: "POST",
  path: `${facility}/tariffs/replay`,
  area,
  summary:
    "What the facility's real stays would have cost under a tariff, against what was charged.",
  access: takes("see-money"),
  body: ReplayOrder,
  bodyMax: tariffBytesMax,
  answer: ReplayTold,
  problems: ["too-many-stays"],
});

export const setTariffNotice = v1Route({
  id: "setTariffNotice",
  method: "PUT",
  path: `${facility}/tariff-notice`,
  area,
  summary: "How many days before it is in force a tariff is published.",
  access: takes("set-prices"),
  body: NoticeOrder,
  answer: "nothing",
});

export const getTariffDraft = v1Route({
  id: "getTariffDraft",
  method: "GET",
  path: `${facility}/tariff-drafts/{draft_id}`,
  area,
  summary: "A tariff that somebody is still writing.",
  access: takes("see-facilities"),
  query: NoQuery,
  answer: TariffDraft,
  problems: ["no-such-draft"],
});

export const keepTariffDraft = v1Route({
  id: "keepTariffDraft",
  method: "PUT",
  path: `${facility}/tariff-drafts/{draft_id}`,
  area,
  summary: "Keeps a draft, right or wrong.",
  access: takes("set-prices"),
  body: DraftOrder,
  bodyMax: tariffBytesMax,
  answer: TariffDraft,
  problems: ["version-needed", "changed-meanwhile", "other-version", "too-many-drafts"],
});

export const deleteTariffDraft = v1Route({
  id: "deleteTariffDraft",
  method: "DELETE",
  path: `${facility}/tariff-drafts/{draft_id}`,
  area,
  summary: "Throws a draft away.",
  access: takes("set-prices"),
  answer: "nothing",
  problems: ["no-such-draft"],
});
