import { type ControlAnswer, RefusedData, WatchData } from "@gatehouse/shared/contracts/control";
import type { Log } from "@gatehouse/shared/ports/log";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Command } from "commander";
import { type BenchPulse, pulseLane } from "../adapters/bench/lane-bench.ts";
import { answering, benchCodes, type BenchTools, refusal } from "./bench-tools.ts";
import { isServed } from "./daemon-link.ts";
import { readSite } from "./site.ts";

interface PulseOptions {
  readonly confirm?: true;
  readonly blind?: true;
  readonly config: string;
  readonly reason: string;
  readonly actor: string;
}

/** `pulse`: one OPEN on a real lane, by whoever stands beside it. */
export function addPulseCommand(program: Command, tools: BenchTools): void {
  program
    .command("pulse <lane>")
    .description("gives one OPEN pulse: through the daemon and its ledger, or without one")
    .option("--confirm", "do it: the barrier moves")
    .option("--blind", "even while the safety loop is occupied or not known")
    .option(
      "--config <file>",
      "the facility's facility.yaml, where no daemon runs",
      "facility.yaml",
    )
    .option("--reason <text>", "why, for the ledger", "bench pulse")
    .option("--actor <name>", "who asks", tools.userName)
    .action((laneId: string, options: PulseOptions, command: Command) =>
      answering(tools, command, () => pulse(laneId, options, command, tools)),
    );
}

async function pulse(
  laneId: string,
  options: PulseOptions,
  command: Command,
  tools: BenchTools,
): Promise<{ answer: ControlAnswer; lines?: readonly string[] }> {
  const folder = tools.folderOf(command);
  const isDaemon = await isServed(folder);
  if (options.confirm !== true) {
    const how = isDaemon
      ? `through the daemon on ${folder}`
      : `with the wires of ${options.config}`;
    const flag = options.blind === true ? " --blind" : "";
    return {
      answer: refusal(
        `Nothing was moved: this would give ${laneId} one OPEN pulse ${how}.`,
        "not-confirmed",
        `Next: see that nobody stands under the arm, then npx gatehouse pulse ${laneId} --confirm${flag}`,
      ),
    };
  }
  return isDaemon
    ? { answer: await throughDaemon(laneId, options, command, tools) }
    : await withoutDaemon(laneId, options, folder, tools);
}

async function throughDaemon(
  laneId: string,
  { blind, reason, actor }: PulseOptions,
  command: Command,
  tools: BenchTools,
): Promise<ControlAnswer> {
  const now = await tools.hear(command, { verb: "watch", lane_id: laneId, after: null });
  if (RefusedData.safeParse(now.data).success) return now;
  const safety = WatchData.parse(now.data).lanes[0]?.inputs["safety"];
  if (blind !== true && safety !== false) {
    return withheld(laneId, safety === true ? "safety-occupied" : "safety-unknown");
  }
  return await tools.hear(command, {
    verb: "gate-open",
    lane_id: laneId,
    reason,
    actor,
    request_id: tools.random.id(),
  });
}

async function withoutDaemon(
  laneId: string,
  { blind, config: file }: PulseOptions,
  folder: string,
  { random }: BenchTools,
) {
  const { config, secrets } = readSite(file, folder);
  if (!config.lanes.some(({ id }) => id === laneId)) {
    const lanes = config.lanes.map(({ id }) => id).join(", ");
    return {
      answer: refusal(`There is no lane ${laneId} in ${file}.`, "unknown-lane", `Lanes: ${lanes}.`),
    };
  }
  const done = await pulseLane(config, laneId, blind === true, {
    clock: new PacedClock(),
    log: quiet,
    random,
    credentials: secrets.devices,
  });
  const { answer, withheld: why } = done;
  if (answer === undefined) return { answer: withheld(laneId, why ?? "safety-unknown") };
  return told(laneId, answer, done);
}

function told(
  laneId: string,
  answer: NonNullable<BenchPulse["answer"]>,
  { changes, isStuck }: BenchPulse,
) {
  const data = { lane_id: laneId, ...answer, release_failed: isStuck, changes, ledger: false };
  if (answer.kind === "rejected") {
    const verdict = `${laneId}: the controller refuses: ${answer.detail}`;
    const next = `Next: npx gatehouse probe ${laneId} --config facility.yaml`;
    return { answer: { exit_code: benchCodes.refused, verdict, data }, lines: [next] };
  }
  const moved = changes.map(
    ({ input, active, ms }) =>
      `    ${input} ${active ? "on" : "off"} after ${(ms / 1000).toFixed(2)} s`,
  );
  const lines = [
    ...(moved.length > 0 ? moved : ["    no contact moved: look at the arm yourself"]),
    "No daemon runs: this pulse stands in no ledger.",
  ];
  if (isStuck) {
    const verdict = `${laneId}: the contact on OPEN is not seen released; it can hold the barrier open.`;
    const next = "Next: take the wire off the relay's terminal, and exchange the board";
    return { answer: { exit_code: benchCodes.fault, verdict, data }, lines: [next, ...lines] };
  }
  const verdict = `${laneId} was given one OPEN pulse (${answer.evidence}).`;
  return { answer: { exit_code: benchCodes.done, verdict, data }, lines };
}

function withheld(laneId: string, reason: "safety-occupied" | "safety-unknown"): ControlAnswer {
  const why =
    reason === "safety-occupied"
      ? "something stands on the safety loop"
      : "the safety loop is not known";
  return refusal(
    `${laneId} was not opened: ${why}.`,
    reason,
    `Next: npx gatehouse probe ${laneId} --config facility.yaml, or --blind when you stand beside it.`,
  );
}

/** Faults come back as answers; a wire's comings and goings are of no interest here. */
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };
