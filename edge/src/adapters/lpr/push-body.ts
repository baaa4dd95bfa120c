import type { IncomingMessage } from "node:http";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";

export interface ReceivedBody {
  readonly bytes: Buffer;
  /** Stopwatch reading when the last byte had arrived. */
  readonly receivedMs: number;
}

/**
 * Receives the whole body of a push. Of one that is too large nothing more is kept.
 *
 * @param most bytes
 * @returns or why there is none
 */
export async function receiveBody(
  incoming: IncomingMessage,
  most: number,
  stopwatch: Stopwatch,
): Promise<ReceivedBody | "too-large" | "cut-off"> {
  if (Number(incoming.headers["content-length"] ?? 0) > most) return "too-large";
  const chunks: Buffer[] = [];
  let size = 0;
  let receivedMs = stopwatch.read();
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      receivedMs = stopwatch.read();
      size += chunk.length;
      if (size > most) {
        // What still comes is thrown away, until the limit on slow requests: so our answer can be read.
        incoming.resume();
        return "too-large";
      }
      chunks.push(chunk);
    }
  } catch {
    // The only way to fail here is that the camera, or the limit on slow requests, ended the connection.
    return "cut-off";
  }
  return { bytes: Buffer.concat(chunks), receivedMs };
}
