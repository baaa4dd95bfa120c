import { Ack, type Batch, HeldPlace } from "@gatehouse/shared/contracts/batch";
import { DirectivePage } from "@gatehouse/shared/contracts/directive";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import { askOffice, type Fetch, type OfficeAnswer, readAnswer, typeOf } from "./office-request.ts";

/** Head office takes 16 MiB; a batch beyond this is sent in parts. */
const uploadMax = 15 * 1024 * 1024;

export interface HttpCloudLinkOptions {
  /** Where head office lives, for example `https://office.example.com`; a path is kept. */
  readonly url: string;
  readonly facilityId: string;
  /** Asked for each time where it may change. */
  readonly token: string | (() => string);
  readonly timeoutMs?: number;
  /** Another way to the same routes, for example without a network. */
  readonly fetch?: Fetch;
}

/** Head office over HTTP. */
export class HttpCloudLink implements CloudLink {
  readonly #options: HttpCloudLinkOptions;
  readonly #base: string;

  constructor(options: HttpCloudLinkOptions) {
    this.#options = options;
    const facility = encodeURIComponent(options.facilityId);
    this.#base = `${options.url.replace(/\/+$/, "")}/v1/facilities/${facility}`;
  }

  /**
   * Sends a batch, or as many of its first lines as one request may hold. Where head office misses earlier lines, its
   * answer is the acknowledgement to go on from, as if the batch had been taken.
   */
  async send(batch: Batch): Promise<Ack> {
    const answer = await this.#ask("/batches", "POST", bodyOf(batch));
    const isHole = answer.status === 409 && typeOf(answer) === "ledger-hole";
    return readAnswer(Ack, isHole ? { ...answer, status: 200 } : answer);
  }

  async heldAt(epoch: number, seq: number): Promise<HeldPlace | undefined> {
    const answer = await this.#ask(`/ledger?epoch=${epoch}&seq=${seq}`, "GET");
    if (answer.status === 404 && typeOf(answer) === "no-such-page") return undefined;
    return readAnswer(HeldPlace, answer);
  }

  async pull(after: number): Promise<DirectivePage> {
    return readAnswer(DirectivePage, await this.#ask(`/directives?after=${after}`, "GET"));
  }

  #ask(path: string, method: "GET" | "POST", body?: string): Promise<OfficeAnswer> {
    const { token, timeoutMs, fetch } = this.#options;
    return askOffice({
      url: `${this.#base}${path}`,
      method,
      ...(body === undefined ? {} : { body }),
      token: typeof token === "string" ? token : token(),
      timeoutMs,
      fetch,
    });
  }
}

function bodyOf(batch: Batch): string {
  let lines = batch.lines;
  let body = JSON.stringify(batch);
  while (Buffer.byteLength(body) > uploadMax && lines.length > 1) {
    lines = lines.slice(0, Math.ceil(lines.length / 2));
    body = JSON.stringify({ ...batch, lines });
  }
  return body;
}
