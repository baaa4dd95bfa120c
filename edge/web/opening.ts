import type { OpenRequest, OverrideReason } from "@gatehouse/shared/contracts/kiosk";
import { signal } from "@preact/signals";
import { openLane } from "./api.ts";
import { words } from "./words.ts";

/** The lane being opened by hand; one at a time. */
export const openingLane = signal<string | undefined>(undefined);

/** What came of the last order to each lane. */
export const lastOpenings = signal<Readonly<Record<string, { sentence: string; atMs: number }>>>(
  {},
);

/** Says beside a lane what came of the last order to it. */
export function tellAt(laneId: string, sentence: string): void {
  lastOpenings.value = { ...lastOpenings.value, [laneId]: { sentence, atMs: performance.now() } };
}

/** How long it is said beside the lane what came of an opening; real time. */
export const saidForMs = 20_000;

export interface Press {
  readonly laneId: string;
  readonly requestId: string;
  readonly reason: OverrideReason;
  readonly note: string;
  readonly sessionId: string | null;
}

export type Outcome =
  | { readonly kind: "opened" }
  /** Nothing happened, for this reason; another try is another request. */
  | { readonly kind: "refused"; readonly sentence: string; readonly hint: string | undefined }
  /** It is not known whether it opened: the same request may be sent again, and counts once. */
  | { readonly kind: "unsure"; readonly sentence: string };

/** Asks the daemon to open; the same `requestId`, however often sent, is one opening. */
export async function press({
  laneId,
  requestId,
  reason,
  note,
  sessionId,
}: Press): Promise<Outcome> {
  const request: OpenRequest = {
    request_id: requestId,
    reason,
    ...(note === "" ? {} : { note }),
    ...(sessionId === null ? {} : { session_id: sessionId }),
  };
  const answer = await openLane(laneId, request);
  switch (answer.kind) {
    case "ok":
      tellAt(laneId, answer.value.sentence);
      return { kind: "opened" };
    case "refused":
      return answer.problem.status >= 500
        ? { kind: "unsure", sentence: answer.problem.title }
        : { kind: "refused", sentence: answer.problem.title, hint: answer.problem.hint };
    case "unreachable":
      return { kind: "unsure", sentence: words.noAnswer };
    case "broken":
      return { kind: "unsure", sentence: words.broken };
  }
}

/**
 * A new id for one wish to open. Made by hand, because a kiosk on plain HTTP is no secure context and has no
 * `randomUUID`.
 */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
