import type { Decision } from "./entry.ts";
import type { Quote } from "./quote.ts";

export interface ExitScene {
  readonly plate: string;
  readonly confidence: number;
  readonly confidenceMin: number;
  /**
   * How the session was found; `chosen`: a person said so; `ticket`: by the driver's own; `permit`: it was made now,
   * for a permit holder whom nobody saw coming in.
   */
  readonly match:
    | "exact"
    | "candidate"
    | "close"
    | "doubtful"
    | "several"
    | "none"
    | "chosen"
    | "ticket"
    | "permit";
  /** Why a permit of the plate lets nobody out whom nobody saw coming in; with `none` only. */
  readonly permitRefused?: string | undefined;
  /** Missing when no single session was found. */
  readonly quote: Quote | undefined;
  readonly hasTerminal: boolean;
  /** Somebody has locked the lane: a person sends the vehicle to another one, or unlocks. */
  readonly isLocked: boolean;
}

export type ExitDecision =
  | Decision
  | { readonly kind: "collect"; readonly reason: "owes"; readonly rules: readonly string[] };

/** Decides what an exit lane does with a plate: open when nothing is owed, collect when something is. */
export function decideExit(scene: ExitScene): ExitDecision {
  if (scene.isLocked) return { kind: "ask", reason: "lane-locked", rules: ["locked"] };
  const isChosen = scene.match === "chosen" || scene.match === "ticket";
  if (scene.plate === "" && !isChosen)
    return { kind: "ask", reason: "plate-unreadable", rules: ["no-plate"] };
  const rules = [`match-${scene.match}`];
  if (scene.match === "none") {
    const { permitRefused } = scene;
    if (permitRefused === undefined) return { kind: "ask", reason: "no-session", rules };
    return { kind: "ask", reason: permitRefused, rules: [...rules, "permit-unseen"] };
  }
  if (scene.match === "several") return { kind: "ask", reason: "several-sessions", rules };
  if (scene.match === "doubtful") return { kind: "ask", reason: "plate-doubtful", rules };
  if (scene.match === "close" && scene.confidence < scene.confidenceMin) {
    return { kind: "ask", reason: "plate-doubtful", rules: [...rules, "confidence-min"] };
  }
  const { quote } = scene;
  if (quote === undefined) return { kind: "ask", reason: "no-session", rules };
  if (quote.due === 0) {
    const reason = scene.match === "permit" ? "permit-unseen" : openReason(quote);
    return { kind: "open", reason, rules: [...rules, quote.basis] };
  }
  if (!scene.hasTerminal) return { kind: "ask", reason: "owes", rules: [...rules, "no-terminal"] };
  return { kind: "collect", reason: "owes", rules: [...rules, quote.basis] };
}

function openReason(quote: Quote): string {
  if (quote.basis === "permit" || quote.basis === "within-grace") return quote.basis;
  return quote.total === 0 ? "free" : "settled";
}
