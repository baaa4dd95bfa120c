import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import type { Answer, Outgoing } from "../domain/notify/outgoing.ts";
import { isInner, literalOf, outerLookup } from "./addresses.ts";

/** A receiver says within this that it has it. */
const patience = seconds(10);
/** So much of an answer is read: its first words are kept for people. */
const answerMax = 1_024;
const wordsMax = 200;

export interface HttpPostPorts {
  readonly clock: Clock;
  /** Addresses of inner networks and plain HTTP count too: for a receiver in the same house. */
  readonly allowsInner: boolean;
}

/** One POST. Redirects are not followed: a receiver says itself where it is. */
export function postHttp(
  { clock, allowsInner }: HttpPostPorts,
  { url, headers, body }: Outgoing & { kind: "http" },
): Promise<Answer> {
  const target = new URL(url);
  const refusal = allowsInner ? undefined : refusalOf(target);
  if (refusal !== undefined) return Promise.resolve(failed(refusal, { isFinal: true }));
  return new Promise((resolve) => {
    const send = target.protocol === "https:" ? requestTls : requestPlain;
    const sent = send(target, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body), connection: "close" },
      agent: false,
      ...(allowsInner ? {} : { lookup: outerLookup }),
    });
    const cancel = clock.after(patience, () => sent.destroy(new Error("no answer in time")));
    const end = (answer: Answer): void => {
      cancel();
      sent.destroy();
      resolve(answer);
    };
    sent.on("error", (error: NodeJS.ErrnoException) => end(failed(error.message || error.code)));
    sent.on("response", (response) => {
      let words = "";
      response.setEncoding("utf8");
      const done = (): void =>
        end(answerOf(response.statusCode ?? 0, words, response.headers["retry-after"]));
      response.on("data", (chunk: string) => {
        words += chunk;
        if (words.length > answerMax) done();
      });
      response.on("end", done);
      response.on("error", (error) => end(failed(error.message)));
    });
    sent.end(body);
  });
}

function refusalOf({ protocol, hostname }: URL): string | undefined {
  if (protocol !== "https:") return "only https:// is told";
  const literal = literalOf(hostname);
  return literal !== undefined && isInner(literal)
    ? `${hostname} is no address of the internet`
    : undefined;
}

function answerOf(status: number, text: string, retryAfter: string | undefined): Answer {
  const isTaken = status >= 200 && status < 300;
  const wait = Number(retryAfter);
  return {
    isTaken,
    // Gone: the receiver wants nothing more.
    isFinal: status === 410,
    code: status,
    words: plain(text),
    ...(Number.isFinite(wait) && wait > 0 ? { waitMs: wait * 1000 } : {}),
  };
}

const failed = (words: string | undefined, { isFinal = false } = {}): Answer => ({
  isTaken: false,
  isFinal,
  code: null,
  words: plain(words ?? "no answer"),
});

/** Somebody else's text as a database and a page can hold it. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, wordsMax);
