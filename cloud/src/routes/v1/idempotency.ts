import type { Random } from "@gatehouse/shared/ports/random";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { refuse } from "@gatehouse/shared/refusal";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import { newSecret, type OfficeKey } from "../../domain/people/office-key.ts";
import { actorOf, rootOrganisation } from "../../domain/people/person.ts";
import { sha256 } from "../../domain/secret.ts";
import type { Database } from "../../store/database.ts";
import {
  claimKey,
  freeKey,
  keepAnswer,
  type KeyedRequest,
} from "../../store/idempotent-answers.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";

/** As a `request_id` of the audit, which it becomes; the draft's quotation marks may stand around it. */
const keyText = /^"?([\w-]{8,64})"?$/;
/** A longer answer is not kept: asked again, the same is done anew, and the audit's line keeps it from being done twice. */
const keptBytesMax = 256 * 1024;

export interface IdempotencyPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly key: OfficeKey;
}

const Kept = z.object({ type: z.string().nullable(), text: z.string() });

/**
 * A `POST` with an `Idempotency-Key` is done once: the same again within a day gets the same answer, another body
 * under the same key is refused.
 *
 * The key is also the `request_id` under which the audit writes the change, in the change's own transaction. So what
 * was done is never done twice, even where a process dies between the change and the answer's being kept: whoever asks
 * again then finds the audit's line. Needs a guard before it that tells who asks.
 */
export function idempotent(ports: IdempotencyPorts): MiddlewareHandler<OfficeEnv> {
  const { database, clock, random, key: officeKey } = ports;
  return async (c, next) => {
    const header = c.req.header("idempotency-key");
    if (header === undefined || c.req.method !== "POST") return next();
    const [, key] = keyText.exec(header) ?? [];
    if (key === undefined) return refuse({ ...problems.notUnderstood, errors: [wrongKey] });
    const request = await keyedRequest(c, key);
    const place = `idempotent ${request.organisationId} ${key}`;

    const claim = await claimKey(database, request, clock.now());
    if (claim.kind === "other") return refuse(problems.keyOfAnother);
    if (claim.kind === "under-way") return refuse(problems.underWay, { "retry-after": "1" });
    if (claim.kind === "answered") {
      const plain = officeKey.open(claim.sealed, place);
      // Sealed with a key that is no longer head office's: it is done again, and the audit's line answers.
      if (plain !== undefined)
        return replayed(claim.status, Kept.parse(JSON.parse(plain.toString())));
    }
    c.set("idempotencyKey", key);
    await next();
    const text = c.res.ok ? await c.res.clone().text() : undefined;
    if (text === undefined || Buffer.byteLength(text) > keptBytesMax)
      return freeKey(database, request);
    const kept = { type: c.res.headers.get("content-type"), text } satisfies z.infer<typeof Kept>;
    const nonce = newSecret(() => random.id());
    const sealed = officeKey.seal(Buffer.from(JSON.stringify(kept)), place, nonce);
    return keepAnswer(database, request, { status: c.res.status, sealed });
  };
}

async function keyedRequest(c: Context<OfficeEnv>, key: string): Promise<KeyedRequest> {
  const { who } = c.var.person;
  const facts = [JSON.stringify(actorOf(who)), c.req.method, c.req.url, await c.req.text()];
  return {
    organisationId: who.kind === "office-token" ? rootOrganisation : who.organisationId,
    key,
    requestSha256: sha256(facts.join("\n")),
  };
}

function replayed(status: number, { type, text }: z.infer<typeof Kept>): Response {
  const headers = {
    "idempotency-replayed": "true",
    ...(type === null ? {} : { "content-type": type }),
  };
  return new Response(text === "" ? null : text, { status, headers });
}

const wrongKey = {
  path: "Idempotency-Key",
  message: "write 8 to 64 letters, digits, _ and -, another for each change",
};
