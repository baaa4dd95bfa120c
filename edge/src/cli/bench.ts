import type { Command } from "commander";
import type { BenchTools } from "./bench-tools.ts";
import { addDetectCommand } from "./detect.ts";
import { addProbeCommand } from "./probe.ts";
import { addPulseCommand } from "./pulse.ts";
import { addWatchCommand } from "./watch.ts";

/** The technician's bench: `detect`, `probe`, `pulse`, `watch`. */
export function addBenchCommands(program: Command, tools: BenchTools): void {
  addDetectCommand(program, tools);
  addProbeCommand(program, tools);
  addPulseCommand(program, tools);
  addWatchCommand(program, tools);
}
