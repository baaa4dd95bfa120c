import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Passage } from "../store/passages.ts";
import type { LaneDeps } from "./lane-deps.ts";
import { type GateOutcome, isStuck, outcomeOfFault } from "./lane-writing.ts";

/**
 * Sends a passage's command to the gate.
 *
 * @param read what was decided about, for the gate latency; where its reader opens, our gate is told nothing
 */
export function askGate(
  { ports, stopwatch, counters }: Pick<LaneDeps, "ports" | "stopwatch" | "counters">,
  { commandId }: Passage,
  read: Pick<PlateRead, "receivedMs" | "opens"> | undefined,
): Promise<GateOutcome> {
  if (read?.opens === "controller")
    return Promise.resolve({ result: "accepted", evidence: "answered", stuck: false });
  const receivedMs = read?.receivedMs;
  return ports.gate
    .open(commandId, () => {
      if (receivedMs !== undefined) counters.sample("gate_ms", stopwatch.read() - receivedMs);
    })
    .then(
      (answer): GateOutcome => ({
        result: answer.kind,
        evidence: answer.kind === "accepted" ? answer.evidence : answer.detail,
        stuck: isStuck(ports.gate),
      }),
      outcomeOfFault,
    );
}
