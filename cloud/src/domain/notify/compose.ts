import type { Instant } from "@gatehouse/shared/time";
import type { Outgoing } from "./outgoing.ts";
import { signatureOf } from "./signature.ts";

/** A message that is due, with whom it goes to. */
export interface DueMessage {
  readonly deliveryId: string;
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where it goes, with opened secrets. */
export interface OpenTarget {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The present one first; a gateway's authorisation stands alone. */
  readonly secrets: readonly string[];
}

/** A short message is cut here: three parts of a phone's message. */
const smsMax = 450;

/**
 * What goes over the wire: one for a webhook or a mail, one for each number of a gateway of short messages.
 *
 * @param now signs the moment of this very try
 */
export function compose(due: DueMessage, target: OpenTarget, now: Instant): Outgoing[] {
  switch (target.kind) {
    case "email":
      return [mailOf(due, target)];
    case "sms":
      return smsOf(due, target);
    default:
      return [webhookOf(due, target, now)];
  }
}

function webhookOf(due: DueMessage, target: OpenTarget, now: Instant): Outgoing {
  const body = JSON.stringify({ id: due.deliveryId, ...due.body });
  return {
    kind: "http",
    url: String(target.settings["url"]),
    headers: {
      "content-type": "application/json",
      "user-agent": "Gatehouse-Webhooks/1",
      "gatehouse-event": due.event,
      "gatehouse-delivery": due.deliveryId,
      "gatehouse-signature": signatureOf(body, now, target.secrets),
    },
    body,
  };
}

const textOf = ({ body }: DueMessage, key: "title" | "text"): string => {
  const { message } = body;
  const words = typeof message === "object" && message !== null ? message : {};
  return String({ ...words }[key as keyof typeof words] ?? "");
};

const listOf = ({ settings }: OpenTarget): string[] =>
  Array.isArray(settings["to"]) ? settings["to"].map(String) : [];

const mailOf = (due: DueMessage, target: OpenTarget): Outgoing => ({
  kind: "mail",
  to: listOf(target),
  title: textOf(due, "title"),
  text: textOf(due, "text"),
  messageId: due.deliveryId,
});

function smsOf(due: DueMessage, target: OpenTarget): Outgoing[] {
  const { settings, secrets } = target;
  const isJson = settings["content_type"] === "application/json";
  const escape = isJson ? (text: string) => JSON.stringify(text).slice(1, -1) : encodeURIComponent;
  const text = textOf(due, "text").slice(0, smsMax);
  return listOf(target).map((to) => ({
    kind: "http",
    url: String(settings["url"]),
    headers: {
      "content-type": String(settings["content_type"]),
      ...(secrets[0] === undefined ? {} : { authorization: secrets[0] }),
    },
    // What a number is replaced by must not be replaced again by what the text holds.
    body: String(settings["template"]).replaceAll(/\{(to|text)\}/g, (_, name: string) =>
      escape(name === "to" ? to : text),
    ),
  }));
}
