import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { CredentialReader } from "@gatehouse/shared/ports/credential-reader";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Gate, GateAnswer } from "@gatehouse/shared/ports/gate";
import type { LaneInputFeed } from "@gatehouse/shared/ports/lane-inputs";
import type { LaneJournal, LaneJournalLine } from "./lane-journal.ts";
import type { WiringWatch } from "./wiring-watch.ts";

export interface LaneWatching {
  readonly laneId: string;
  readonly clock: Clock;
  readonly journal: LaneJournal;
  readonly wiring: WiringWatch;
}

/** A lane's devices, of which everything that they say is noted in passing; nothing else is different. */
export const watchedPorts = (ports: LanePorts, watching: LaneWatching): LanePorts => ({
  ...ports,
  inputs: watchedInputs(ports.inputs, watching),
  gate: watchedGate(ports.gate, watching),
  readers: ports.readers.map((reader) => watchedReader(reader, watching)),
});

const watchedInputs = (inputs: LaneInputFeed, watching: LaneWatching): LaneInputFeed => ({
  name: inputs.name,
  start: () => inputs.start(),
  stop: () => inputs.stop(),
  report: () => inputs.report(),
  onInput: (listener) =>
    inputs.onInput((change) => {
      const { input, active } = change;
      const state = active === undefined ? "not known" : active ? "on" : "off";
      note(watching, "input", `${input} ${state}`);
      watching.wiring.see(change);
      listener(change);
    }),
});

const watchedGate = (gate: Gate, watching: LaneWatching): Gate => ({
  name: gate.name,
  orders: gate.orders,
  start: () => gate.start(),
  stop: () => gate.stop(),
  report: () => gate.report(),
  open: (commandId, handed) => noted(watching, "open", () => gate.open(commandId, handed)),
  order: (order, commandId) => noted(watching, order, () => gate.order(order, commandId)),
});

async function noted(
  watching: LaneWatching,
  what: string,
  tell: () => Promise<GateAnswer>,
): Promise<GateAnswer> {
  note(watching, "gate", `told: ${what}`);
  try {
    const answer = await tell();
    const word = answer.kind === "accepted" ? answer.evidence : answer.detail;
    note(watching, "gate", `${what} ${answer.kind}: ${word}`);
    return answer;
  } catch (error) {
    if (error instanceof Fault) note(watching, "gate", `${what} failed: ${error.message}`);
    throw error;
  }
}

const watchedReader = (reader: CredentialReader, watching: LaneWatching): CredentialReader => ({
  name: reader.name,
  start: () => reader.start(),
  stop: () => reader.stop(),
  report: () => reader.report(),
  onRead: (listener) =>
    reader.onRead((read) => {
      const { rawPlate, confidence, readerId } = read;
      const plate = rawPlate === "" ? "a vehicle without a plate" : rawPlate;
      note(watching, "read", `${readerId}: ${plate}, ${Math.round(confidence * 100)} %`);
      const outcome = listener(read);
      const why = "reason" in outcome ? ` (${outcome.reason})` : "";
      note(watching, "read", `${readerId}: ${outcome.kind}${why}`);
      return outcome;
    }),
});

function note(
  { journal, clock, laneId }: LaneWatching,
  kind: LaneJournalLine["kind"],
  text: string,
): void {
  journal.note({ at: clock.now(), laneId, kind, text });
}
