import type { IncomingMessage } from "node:http";
import type { Credentials, SignIn } from "@gatehouse/shared/sign-in";
import type { RefusedPicture } from "../picture.ts";
import { askCamera, signInAs, where, whyOf } from "./camera-request.ts";
import { JpegSplitter } from "./jpeg-splitter.ts";
import { liveName, type NamedPicture, type PictureSource } from "./source.ts";
import { Trouble } from "./trouble.ts";

/** A stream that sends nothing for so long is cut and asked for anew. */
const silentAfterMs = 10_000;

/** A camera that pushes JPEG after JPEG in one answer. It is drained without a pause, and the newest one counts. */
export class Mjpeg implements PictureSource {
  readonly isLive = true;
  readonly #url: URL;
  readonly #signIn: SignIn;
  readonly #trouble = new Trouble();
  #running: AbortController | undefined;
  #newest: Uint8Array | undefined;

  constructor(url: string, credentials: Credentials | undefined) {
    this.#url = new URL(url);
    this.#signIn = signInAs(credentials);
  }

  async next(): Promise<NamedPicture | RefusedPicture | undefined> {
    if (this.#running === undefined && !this.#trouble.isTooSoon) void this.#follow();
    const bytes = this.#newest;
    this.#newest = undefined;
    return bytes === undefined ? this.#trouble.refusal : { kind: "picture", name: liveName, bytes };
  }

  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#newest = undefined;
  }

  /** Follows the stream until it ends, which says why it did. */
  async #follow(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const url = this.#url;
    const answer = await askCamera({ url, signIn: this.#signIn, headers: {}, signal });
    const end = "kind" in answer ? answer : await this.#drain(answer);
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#trouble.note(end.reason, end.detail);
  }

  async #drain(answer: IncomingMessage): Promise<RefusedPicture> {
    const splitter = new JpegSplitter((jpeg) => {
      this.#newest = jpeg;
      this.#trouble.end();
    });
    answer.setTimeout(silentAfterMs, () =>
      answer.destroy(new Error(`nothing for ${silentAfterMs / 1000} s`)),
    );
    let why = "the stream ended";
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) splitter.push(chunk);
    } catch (error) {
      why = whyOf(error);
    }
    return {
      kind: "refused",
      reason: "unreachable",
      detail: `${where({ url: this.#url })}: ${why}`,
    };
  }
}
