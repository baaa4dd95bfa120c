import { z } from "zod";
import {
  Asked,
  DeliveryPage,
  deliveryStates,
  NotifyView,
  RuleMade,
  RuleOrder,
  TargetMade,
  TargetOrder,
} from "../notify.ts";
import { listPage } from "./lists.ts";
import { takes, v1Route } from "./route.ts";

/* Whom an organisation tells of what: targets, rules, and the messages on their way. */

const area = "Notifications";
const base = "/v1/notify/{organisation_id}";
const target = `${base}/targets/{target_id}` as const;
const access = takes("set-notifications");

export const getNotify = v1Route({
  id: "getNotify",
  method: "GET",
  path: base,
  area,
  summary: "The targets and rules of an organisation.",
  access,
  answer: NotifyView,
});

export const makeTarget = v1Route({
  id: "makeTarget",
  method: "POST",
  path: `${base}/targets`,
  area,
  summary:
    "Adds a webhook, an e-mail address or an SMS gateway; a webhook's secret is told this once.",
  access,
  body: TargetOrder,
  answer: TargetMade,
  status: 201,
});

export const changeTarget = v1Route({
  id: "changeTarget",
  method: "POST",
  path: target,
  area,
  summary: "Changes a target.",
  access,
  body: TargetOrder,
  answer: "nothing",
  problems: ["no-such-target"],
});

export const rotateTarget = v1Route({
  id: "rotateTarget",
  method: "POST",
  path: `${target}/rotate`,
  area,
  summary: "Gives a webhook another secret, told this once; the old one signs along for a while.",
  access,
  body: Asked,
  answer: TargetMade,
  problems: ["no-such-target"],
});

export const testTarget = v1Route({
  id: "testTarget",
  method: "POST",
  path: `${target}/test`,
  area,
  summary: "Sends a target a test message.",
  access,
  body: Asked,
  answer: z.object({ delivery_id: z.string() }),
  status: 202,
  problems: ["no-such-target"],
});

export const deleteTarget = v1Route({
  id: "deleteTarget",
  method: "DELETE",
  path: target,
  area,
  summary: "Takes a target away.",
  access,
  answer: "nothing",
  problems: ["no-such-target"],
});

export const makeRule = v1Route({
  id: "makeRule",
  method: "POST",
  path: `${base}/rules`,
  area,
  summary: "Makes a rule: which alerts go where, and when.",
  access,
  body: RuleOrder,
  answer: RuleMade,
  status: 201,
});

export const changeRule = v1Route({
  id: "changeRule",
  method: "POST",
  path: `${base}/rules/{rule_id}`,
  area,
  summary: "Changes a rule.",
  access,
  body: RuleOrder,
  answer: "nothing",
  problems: ["no-such-rule"],
});

export const deleteRule = v1Route({
  id: "deleteRule",
  method: "DELETE",
  path: `${base}/rules/{rule_id}`,
  area,
  summary: "Takes a rule away.",
  access,
  answer: "nothing",
  problems: ["no-such-rule"],
});

export const listDeliveries = v1Route({
  id: "listDeliveries",
  method: "GET",
  path: `${base}/deliveries`,
  area,
  summary: "Messages with what became of them, the newest first.",
  access,
  query: z.object({
    state: z.enum(deliveryStates).optional(),
    target: z.string().min(1).max(100).optional(),
    cursor: listPage.cursor,
  }),
  answer: DeliveryPage,
});

export const sendAgain = v1Route({
  id: "sendAgain",
  method: "POST",
  path: `${base}/deliveries/{delivery_id}/again`,
  area,
  summary: "Sends a message again.",
  access,
  body: Asked,
  answer: "nothing",
  problems: ["no-such-delivery"],
});
