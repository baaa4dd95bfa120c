import {
  Asked,
  deliveryStates,
  type NotifyView,
  RuleMade,
  RuleOrder,
  TargetMade,
  TargetOrder,
} from "@gatehouse/shared/contracts/notify";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { refuse } from "@gatehouse/shared/refusal";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { sealSecret } from "../../domain/notify/target-secret.ts";
import { newSecret, type OfficeKey } from "../../domain/people/office-key.ts";
import { may } from "../../domain/people/rights.ts";
import type { Database } from "../../store/database.ts";
import { readDeliveries, sendAgain, sendTest } from "../../store/notify/deliveries.ts";
import { changeRule, deleteRule, makeRule } from "../../store/notify/rules.ts";
import {
  changeTarget,
  deleteTarget,
  makeTarget,
  rotateTarget,
} from "../../store/notify/targets.ts";
import { readNotify } from "../../store/notify/view.ts";
import type { OfficeDoor, OfficeEnv } from "../office-door.ts";
import { answerOutcome } from "../people/outcome-answer.ts";
import { inBounds } from "../people/people-ports.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";

export interface NotifyPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly key: OfficeKey;
  readonly door: OfficeDoor;
  readonly canMail: boolean;
}

const base = "/api/notify/:organisation_id";
const text = z.string().min(1).max(100).optional();
const DeliveriesAsked = z.object({
  state: z.enum(deliveryStates).optional(),
  target: text,
  cursor: z.string().max(300).optional(),
});

/** Whom an organisation tells of what: targets, rules, and the messages on their way. */
export function notifyRoutes(ports: NotifyPorts): Hono<OfficeEnv> {
  const { database, random, key, door, canMail } = ports;
  const app = new Hono<OfficeEnv>();
  const asks = door.asks("set-notifications");
  const nonce = (): Uint8Array => newSecret(() => random.id());

  /** Whoever may not set it there is not told that there is such an organisation. */
  const organisationOf = (c: Context<OfficeEnv>): string | undefined => {
    const organisationId = c.req.param("organisation_id") ?? "";
    const place = { kind: "organisation", organisationId } as const;
    return may(c.var.person, "set-notifications", place) ? organisationId : undefined;
  };
  /** The same request again has the same secret; nobody without head office's key can make it. */
  const secretOf = (organisationId: string, requestId: string): string =>
    `whsec_${key.sign("webhook secret", organisationId, requestId)}`;

  app.get(base, asks, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const set = await readNotify(database, organisationId);
    return c.json({ ...set, can_mail: canMail } satisfies NotifyView);
  });

  app.post(`${base}/targets`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, TargetOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const order = read.body;
    const targetId = random.id();
    const shown = order.kind === "webhook" ? secretOf(organisationId, order.request_id) : undefined;
    const secret = order.kind === "sms" ? order.authorization : shown;
    const sealed =
      secret === undefined ? null : sealSecret(key, organisationId, targetId, secret, nonce());
    const asking = door.asking(c, order);
    const made = await makeTarget(database, { organisationId, targetId }, order, sealed, asking);
    return answerOutcome(made, ({ subjectId }) =>
      c.json(TargetMade.parse({ target_id: subjectId, secret: shown ?? null }), 201),
    );
  });

  app.post(`${base}/targets/:target_id`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, TargetOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const order = read.body;
    const targetId = c.req.param("target_id");
    const secret = order.kind === "sms" ? order.authorization : undefined;
    const sealed =
      secret === undefined ? undefined : sealSecret(key, organisationId, targetId, secret, nonce());
    const asking = door.asking(c, order);
    return answerOutcome(
      await changeTarget(database, { organisationId, targetId }, order, sealed, asking),
    );
  });

  app.post(`${base}/targets/:target_id/rotate`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, Asked);
    if (read.kind === "problem") return refuse(read.problem);
    const targetId = c.req.param("target_id");
    const secret = secretOf(organisationId, read.body.request_id);
    const sealed = sealSecret(key, organisationId, targetId, secret, nonce());
    const asking = door.asking(c, read.body);
    const done = await rotateTarget(database, { organisationId, targetId }, sealed, asking);
    return answerOutcome(done, () => c.json(TargetMade.parse({ target_id: targetId, secret })));
  });

  app.post(`${base}/targets/:target_id/test`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, Asked);
    if (read.kind === "problem") return refuse(read.problem);
    const target = { organisationId, targetId: c.req.param("target_id") };
    const locale = c.req.header("accept-language") ?? "en";
    const done = await sendTest(database, target, locale, door.asking(c, read.body));
    return answerOutcome(done, ({ result }) => c.json(result as object, 202));
  });

  app.delete(`${base}/targets/:target_id`, asks, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const target = { organisationId, targetId: c.req.param("target_id") };
    return answerOutcome(await deleteTarget(database, target, door.asking(c)));
  });

  app.post(`${base}/rules`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, RuleOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const rule = { organisationId, ruleId: random.id() };
    const made = await makeRule(database, rule, read.body, door.asking(c, read.body));
    return answerOutcome(made, ({ subjectId }) =>
      c.json(RuleMade.parse({ rule_id: subjectId }), 201),
    );
  });

  app.post(`${base}/rules/:rule_id`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, RuleOrder);
    if (read.kind === "problem") return refuse(read.problem);
    const rule = { organisationId, ruleId: c.req.param("rule_id") };
    return answerOutcome(await changeRule(database, rule, read.body, door.asking(c, read.body)));
  });

  app.delete(`${base}/rules/:rule_id`, asks, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const rule = { organisationId, ruleId: c.req.param("rule_id") };
    return answerOutcome(await deleteRule(database, rule, door.asking(c)));
  });

  app.get(`${base}/deliveries`, asks, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const asked = DeliveriesAsked.safeParse(c.req.query());
    if (!asked.success)
      return refuse({ ...problems.notUnderstood, errors: complaintsOf(asked.error) });
    const page = await readDeliveries(database, organisationId, asked.data);
    return page === undefined ? refuse(problems.notUnderstood) : c.json(page);
  });

  app.post(`${base}/deliveries/:delivery_id/again`, asks, inBounds, async (c) => {
    const organisationId = organisationOf(c);
    if (organisationId === undefined) return refuse(problems.noSuchOrganisation);
    const read = await readBody(c.req, Asked);
    if (read.kind === "problem") return refuse(read.problem);
    const asking = door.asking(c, read.body);
    const id = c.req.param("delivery_id");
    return answerOutcome(await sendAgain(database, organisationId, id, asking));
  });
  return app;
}
