import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { ViolationView } from "@gatehouse/shared/contracts/violations";
import type { Told } from "../../../shared/web/ask.ts";
import {
  decideViolation,
  disputeViolation,
  reviewViolation,
  waiveViolation,
} from "./violation-api.ts";

/** `pay` goes on to the desk where it is paid. */
export type ViolationAct = "issue" | "dismiss" | "pay" | "dispute" | "waive" | "upheld" | "waived";

/** What this person can do about a violation now; the daemon may still refuse, and says why. */
export function violationActs({ status, due_minor: due }: ViolationView, me: Me): ViolationAct[] {
  if (me.role === "technician") return [];
  const isSupervisor = me.role === "supervisor";
  const pay = due > 0 ? ["pay" as const] : [];
  switch (status) {
    case "detected":
    case "review":
      return ["issue", "dismiss"];
    case "issued":
    case "due":
    case "escalated":
      return [...pay, "dispute", ...(isSupervisor ? ["waive" as const] : [])];
    case "disputed":
      return [...pay, ...(isSupervisor ? ["upheld" as const, "waived" as const] : [])];
    case "paid":
    case "waived":
      return [];
  }
}

/** @param wish the press's id, and why */
export function decideAbout(
  violationId: string,
  act: Exclude<ViolationAct, "pay">,
  wish: { readonly request_id: string; readonly reason: string },
): Promise<Told<ViolationView>> {
  switch (act) {
    case "issue":
    case "dismiss":
      return reviewViolation(violationId, { ...wish, decision: act });
    case "dispute":
      return disputeViolation(violationId, wish);
    case "waive":
      return waiveViolation(violationId, wish);
    case "upheld":
    case "waived":
      return decideViolation(violationId, { ...wish, decision: act });
  }
}
