import type { Command } from "commander";
import type { BenchTools } from "./bench-tools.ts";
import { addDetectCommand } from "./detect.ts";

/** The technician's bench: `detect`, `probe`, `pulse`, `watch`. */
export function addBenchCommands(program: Command, tools: BenchTools): void {
  addDetectCommand(program, tools);
}
