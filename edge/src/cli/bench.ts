import type { Command } from "commander";
import type { BenchTools } from "./bench-tools.ts";
import { addDetectCommand } from "./detect.ts";
import { addPulseCommand } from "./pulse.ts";
import { addWatchCommand } from "./watch.ts";

/** The technician's bench: `detect`, `pulse`, `watch`. */
export function addBenchCommands(program: Command, tools: BenchTools): void {
  addDetectCommand(program, tools);
  addPulseCommand(program, tools);
  addWatchCommand(program, tools);
}
