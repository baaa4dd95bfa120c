import { type ControlAnswer, DevicesData, RefusedData } from "@gatehouse/shared/contracts/control";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Command } from "commander";
import type { Probed, ProbeCheck } from "../adapters/bench/probe-check.ts";
import { probeSite } from "../adapters/bench/probe-site.ts";
import {
  answering,
  benchCodes,
  type BenchTools,
  daemonHasTheWires,
  refusal,
} from "./bench-tools.ts";
import { isServed } from "./daemon-link.ts";
import { readSite } from "./site.ts";
import { shape } from "./terminal.ts";

interface ProbeOptions {
  readonly config: string;
}

/** `probe`: how a lane's devices are, read without moving anything. */
export function addProbeCommand(program: Command, tools: BenchTools): void {
  program
    .command("probe <lane-or-wire>")
    .description("reads everything readable of a lane or a wire, and moves nothing")
    .option(
      "--config <file>",
      "the facility's facility.yaml, where no daemon runs",
      "facility.yaml",
    )
    .action((what: string, options: ProbeOptions, command: Command) =>
      answering(tools, command, () => probe(what, options, command, tools)),
    );
}

async function probe(
  what: string,
  { config: file }: ProbeOptions,
  command: Command,
  tools: BenchTools,
): Promise<{ answer: ControlAnswer; lines?: readonly string[] }> {
  const folder = tools.folderOf(command);
  if (await isServed(folder)) return throughDaemon(what, folder, command, tools);
  const { config, secrets } = readSite(file, folder);
  const probed = await probeSite(config, what, {
    secrets,
    newNonce: () => tools.random.id(),
    now: new PacedClock().now(),
  });
  if (probed !== undefined) return told(what, probed);
  const known = [...config.lanes.map(({ id }) => id), ...Object.keys(config.wires)].join(", ");
  return {
    answer: refusal(`There is no lane or wire ${what} in ${file}.`, "unknown", `Known: ${known}.`),
  };
}

/** The daemon has the wires: what it knows of the lane's devices is told instead. */
async function throughDaemon(what: string, folder: string, command: Command, tools: BenchTools) {
  const heard = await tools.hear(command, { verb: "devices" });
  if (RefusedData.safeParse(heard.data).success) return { answer: heard };
  const devices = DevicesData.parse(heard.data).devices.filter(({ lane_id }) => lane_id === what);
  if (devices.length === 0) {
    const hint = `Next: npx gatehouse devices, or stop the daemon and probe ${what} again.`;
    return { answer: daemonHasTheWires(folder, hint) };
  }
  const checks = devices.map(({ device_id, make, state, fault, hint, detail }): ProbeCheck => {
    const ok = fault === null && (state === "online" || state === "unknown");
    const next = hint ?? "stop the daemon, and probe again";
    return { name: device_id, ok, detail: `${make}: ${detail ?? state}`, ...(ok ? {} : { next }) };
  });
  const notes = [
    "The daemon runs and has the wires: this is what it knows. Stop it to read the boards themselves.",
  ];
  return told(what, { checks, notes });
}

function told(what: string, { checks, notes }: Probed) {
  const bad = checks.filter(({ ok }) => !ok);
  const verdict =
    bad.length === 0
      ? `${what}: all ${checks.length} checks passed, nothing was moved.`
      : `${what}: ${bad.length} of ${checks.length} checks failed.`;
  const exit_code = bad.length === 0 ? benchCodes.done : benchCodes.refused;
  const lines = [
    ...bad.flatMap(({ name, detail, next }) => [
      `${shape("bad")} ${name}: ${detail}`,
      ...(next === undefined ? [] : [`  Next: ${next}`]),
    ]),
    ...checks.filter(({ ok }) => ok).map(({ name, detail }) => `${shape("ok")} ${name}: ${detail}`),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ];
  return { answer: { exit_code, verdict, data: { what, checks, notes } }, lines };
}
