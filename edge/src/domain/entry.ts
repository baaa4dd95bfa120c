/** What the entry lane knows when a plate is read. */
export interface EntryScene {
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
  readonly confidenceMin: number;
  readonly denied: string | undefined;
  readonly allowed: string | undefined;
  readonly permitId: string | undefined;
  readonly freePlaces: number;
  /** A session of the same plate that was admitted at this lane and has not been seen passing. */
  readonly sameVehicle: boolean;
  readonly insideAlready: boolean;
}

export interface Decision {
  readonly kind: "open" | "deny" | "ask";
  /** Stable code in kebab-case; the sentence is made from it. */
  readonly reason: string;
  /** The rules that fired, in order. */
  readonly rules: readonly string[];
}

/**
 * Decides what an entry lane does with a plate. Permit holders enter a full facility. A plate that is inside
 * already is admitted: its earlier session is assumed closed and put before a person, so no car is lost.
 */
export function decideEntry(scene: EntryScene): Decision {
  if (scene.plate === "" || scene.confidence < scene.confidenceMin) {
    return { kind: "ask", reason: "plate-unreadable", rules: ["confidence-min"] };
  }
  if (scene.denied !== undefined) {
    return { kind: "deny", reason: "deny-listed", rules: ["deny-list"] };
  }
  const again = scene.insideAlready ? ["inside-already"] : [];
  if (scene.sameVehicle) return { kind: "open", reason: "same-vehicle", rules: ["same-vehicle"] };
  if (scene.permitId !== undefined) {
    return { kind: "open", reason: "permit", rules: ["permit", ...again] };
  }
  if (scene.allowed !== undefined) {
    return { kind: "open", reason: "allow-listed", rules: ["allow-list", ...again] };
  }
  if (scene.freePlaces <= 0)
    return { kind: "deny", reason: "facility-full", rules: ["free-places"] };
  return { kind: "open", reason: "transient", rules: ["free-places", ...again] };
}
