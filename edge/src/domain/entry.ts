import { type LaneMode, laneModes } from "@gatehouse/shared/contracts/lanes";
import type { Authorisation } from "./access.ts";

/** What the entry lane knows when a plate is read. */
export interface EntryScene {
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
  readonly confidenceMin: number;
  readonly access: Authorisation;
  /** What people have made of the whole facility, and of this lane; the stricter counts. */
  readonly facilityMode: LaneMode;
  readonly laneMode: LaneMode;
  readonly freePlaces: number;
  /** A session of the same plate that was admitted at this lane and has not been seen passing. */
  readonly sameVehicle: boolean;
  readonly insideAlready: boolean;
  /** Head office has been silent for days, and the lane is set not to trust what it said of rights since. */
  readonly rightsAreOld?: boolean;
  /** The driver asks for a ticket: no plate is needed. */
  readonly takesTicket?: boolean;
}

export interface Decision {
  readonly kind: "open" | "deny" | "ask";
  /** Stable code in kebab-case; the sentence is made from it. */
  readonly reason: string;
  /** The rules that fired, in order. */
  readonly rules: readonly string[];
}

/**
 * Decides what an entry lane does with a plate. The deny list wins over everything, then a place that is closed to
 * all; who has a right of their own enters a full or closed facility. A plate that is inside already is admitted
 * unless its permit forbids it: its earlier session is assumed closed and put before a person, so no car is lost.
 */
export function decideEntry(scene: EntryScene): Decision {
  const { access } = scene;
  const isReadable = scene.plate !== "" && scene.confidence >= scene.confidenceMin;
  if (!isReadable && scene.takesTicket !== true) {
    return { kind: "ask", reason: "plate-unreadable", rules: ["confidence-min"] };
  }
  if (access.denied !== undefined) {
    return { kind: "deny", reason: "deny-listed", rules: access.rules };
  }
  const { mode, of } = modeInForce(scene);
  if (mode === "closed-to-all") return { kind: "deny", reason: `${of}-${mode}`, rules: [modeRule] };
  if (scene.sameVehicle) return { kind: "open", reason: "same-vehicle", rules: ["same-vehicle"] };

  const again = scene.insideAlready ? ["inside-already"] : [];
  const { grant, refused, rules } = access;
  const isFromOffice = grant?.kind === "permit" || grant?.kind === "reservation";
  if (scene.rightsAreOld === true && isFromOffice) {
    return { kind: "ask", reason: "rights-old", rules: [...rules, "rights-age"] };
  }
  if (grant !== undefined) {
    return { kind: "open", reason: grantReasons[grant.kind], rules: [...rules, ...again] };
  }
  if (refused !== undefined) return { kind: "deny", reason: refused, rules };
  if (mode !== "open")
    return { kind: "deny", reason: `${of}-${mode}`, rules: [...rules, modeRule] };
  const free = [...rules, "free-places"];
  if (scene.freePlaces <= 0) return { kind: "deny", reason: "facility-full", rules: free };
  return { kind: "open", reason: "transient", rules: [...free, ...again] };
}

const modeRule = "mode";

const grantReasons = {
  permit: "permit",
  visitor: "visitor",
  reservation: "reservation",
  "allow-list": "allow-listed",
} as const;

/** The stricter of the two modes, and whose it is; of two alike the facility's is named. */
export function modeInForce({
  facilityMode,
  laneMode,
}: Pick<EntryScene, "facilityMode" | "laneMode">): {
  readonly mode: LaneMode;
  readonly of: "facility" | "lane";
} {
  return laneModes.indexOf(laneMode) > laneModes.indexOf(facilityMode)
    ? { mode: laneMode, of: "lane" }
    : { mode: facilityMode, of: "facility" };
}
