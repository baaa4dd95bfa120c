import type { IncomingMessage } from "node:http";
import type { Credentials, SignIn } from "@gatehouse/shared/sign-in";
import { mostBytes, type RefusedPicture } from "../picture.ts";
import { askCamera, signInAs, where, whyOf } from "./camera-request.ts";
import { liveName, type NamedPicture, type PictureSource } from "./source.ts";
import { Trouble } from "./trouble.ts";

/** From the question to the last byte of the picture. */
const patienceMs = 8000;

/** A camera that shows one picture for each GET. */
export class Snapshot implements PictureSource {
  readonly isLive = true;
  readonly #url: URL;
  readonly #signIn: SignIn;
  readonly #trouble = new Trouble();
  #abort = new AbortController();
  /** The last picture with what names its version, for a camera that names them. */
  #last: { readonly headers: Record<string, string>; readonly picture: NamedPicture } | undefined;

  constructor(url: string, credentials: Credentials | undefined) {
    this.#url = new URL(url);
    this.#signIn = signInAs(credentials);
  }

  async next(): Promise<NamedPicture | RefusedPicture | undefined> {
    if (this.#trouble.isTooSoon) return this.#trouble.refusal;
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(patienceMs)]);
    const url = this.#url;
    const headers = this.#last?.headers ?? {};
    const answer = await askCamera({ url, signIn: this.#signIn, headers, signal });
    if ("kind" in answer) return this.#trouble.note(answer.reason, answer.detail);
    const picture = await this.#pictureOf(answer);
    if (picture.kind === "refused") return this.#trouble.note(picture.reason, picture.detail);
    this.#trouble.end();
    return picture;
  }

  close(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #pictureOf(answer: IncomingMessage): Promise<NamedPicture | RefusedPicture> {
    if (answer.statusCode === 304) {
      answer.resume();
      const detail = `${where({ url: this.#url })} answers 304 to a question without conditions`;
      return this.#last?.picture ?? { kind: "refused", reason: "unreachable", detail };
    }
    const bytes = await this.#read(answer);
    if ("kind" in bytes) return bytes;
    const picture = { kind: "picture", name: liveName, bytes } as const;
    const headers = conditionsOf(answer);
    this.#last = headers === undefined ? undefined : { headers, picture };
    return picture;
  }

  async #read(answer: IncomingMessage): Promise<Uint8Array | RefusedPicture> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > mostBytes) {
          answer.destroy();
          const detail = `${where({ url: this.#url })} sends more than ${mostBytes} bytes`;
          return { kind: "refused", reason: "too_large", detail };
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, length);
    } catch (error) {
      const detail = `${where({ url: this.#url })} breaks off: ${whyOf(error)}`;
      return { kind: "refused", reason: "unreachable", detail };
    }
  }
}

/** What to ask next time, so that a picture that we have is not sent again. */
function conditionsOf({ headers }: IncomingMessage): Record<string, string> | undefined {
  const { etag, "last-modified": modified } = headers;
  if (etag === undefined && modified === undefined) return undefined;
  return {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(modified === undefined ? {} : { "if-modified-since": modified }),
  };
}
