import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Fault } from "@gatehouse/shared/fault";

/** A slow line takes minutes for some megabytes; one that takes longer has stopped. */
const patienceMs = 10 * 60_000;

/** What arrived and where it is. */
export interface Arrived {
  readonly bytes: number;
  readonly sha256: string;
}

/** Why nothing arrived. */
export interface NotArrived {
  readonly reason: "unreachable" | "too-large" | "missing";
  readonly detail: string;
}

export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * Copies a file or downloads a URL to a new file `to`, stopping as soon as it is longer than `most` bytes. What has
 * arrived by then is for the caller to remove.
 */
export async function fetchTo(
  to: string,
  source: string,
  most: number,
): Promise<Arrived | NotArrived> {
  const from = await contentOf(source);
  if ("reason" in from) return from;
  const hash = createHash("sha256");
  const file = await open(to, "wx", 0o644);
  let bytes = 0;
  try {
    for await (const chunk of from.content) {
      bytes += chunk.length;
      if (bytes > most) {
        return { reason: "too-large", detail: `${source} is longer than ${most} bytes` };
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
    return { bytes, sha256: hash.digest("hex") };
  } catch (error) {
    if (codeOf(error) === "ENOSPC") {
      throw new Fault("disk-full", `no room for ${to}`, { cause: error });
    }
    return {
      reason: isUrl(source) ? "unreachable" : "missing",
      detail: `${source}: ${why(error)}`,
    };
  } finally {
    await file.close();
  }
}

type Content = { readonly content: AsyncIterable<Uint8Array> };

async function contentOf(source: string): Promise<Content | NotArrived> {
  if (!isUrl(source)) return { content: createReadStream(source) };
  try {
    const answer = await fetch(source, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.ok && answer.body !== null) return { content: answer.body };
    await answer.body?.cancel();
    return { reason: "unreachable", detail: `${source} answers ${answer.status}` };
  } catch (error) {
    return { reason: "unreachable", detail: `${source}: ${why(error)}` };
  }
}

/** Node's fetch says only "fetch failed"; what failed is its cause. */
function why(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;
