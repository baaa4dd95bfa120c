import type { LedgerFact } from "@gatehouse/shared/contracts/event";

interface Vehicle {
  readonly permitId: string;
  readonly plate: string;
  state: "in" | "out" | "neutral" | undefined;
  sessionId: string;
}

export interface FoldedPresence {
  /** `permit/plate` and where it is, in the order of their names. */
  readonly states: Readonly<Record<string, "in" | "out" | "neutral">>;
  /** Most vehicles of one permit that were in at a time. */
  readonly mostIn: Readonly<Record<string, number>>;
}

/** Where the vehicles of permits are, by the ledger alone. */
export function foldPresence(facts: readonly LedgerFact[]): FoldedPresence {
  const vehicles = new Map<string, Vehicle>();
  const bySession = new Map<string, Vehicle>();
  const mostIn: Record<string, number> = {};
  const move = (sessionId: string, state: "in" | "out" | "neutral"): void => {
    const vehicle = bySession.get(sessionId);
    if (vehicle === undefined) return;
    const isLeaving = state !== "in";
    // Another session of the same vehicle has come in since.
    if (isLeaving && vehicle.state === "in" && vehicle.sessionId !== sessionId) return;
    Object.assign(vehicle, { state, sessionId });
    const { permitId } = vehicle;
    const count = [...vehicles.values()].filter(
      (each) => each.permitId === permitId && each.state === "in",
    ).length;
    mostIn[permitId] = Math.max(mostIn[permitId] ?? 0, count);
  };
  for (const { type, body } of facts) {
    switch (type) {
      case "session-pending": {
        const { permit_id: permitId, plate, session_id: sessionId } = body;
        if (permitId === null) break;
        const key = `${permitId}/${plate}`;
        const vehicle = vehicles.get(key) ?? { permitId, plate, state: undefined, sessionId };
        vehicles.set(key, vehicle);
        bySession.set(sessionId, vehicle);
        break;
      }
      case "session-opened":
        move(body.session_id, body.assumed ? "neutral" : "in");
        break;
      case "session-closed":
        move(body.session_id, body.outcome === "closed-assumed" ? "neutral" : "out");
        break;
      case "session-flagged":
        if (body.flag === "reopened") move(body.session_id, "in");
        break;
      case "presence-reset":
        for (const vehicle of vehicles.values())
          if (
            vehicle.state !== undefined &&
            (body.permit_id ?? vehicle.permitId) === vehicle.permitId
          )
            vehicle.state = "neutral";
        break;
      default:
    }
  }
  const known = [...vehicles].flatMap(([key, { state }]) =>
    state === undefined ? [] : [[key, state] as const],
  );
  return { states: Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1))), mostIn };
}
