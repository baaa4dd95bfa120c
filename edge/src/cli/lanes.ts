import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import { gateOrders, laneModes, TransitionsData } from "@gatehouse/shared/contracts/lanes";
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface LaneTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

interface Wish {
  readonly reason: string;
  readonly actor: string;
}

const orderTexts = {
  close: "tells the barrier to close, unless its safety loop is occupied or cannot be trusted",
  "hold-open": "keeps the barrier open until let-go",
  "let-go": "ends hold-open",
  lock: "opens for nobody until unlock",
  unlock: "ends lock",
} as const satisfies Record<(typeof gateOrders)[number], string>;

/** `gate close|hold-open|…`, `lane mode|turn|log`, `mode`. */
export function addLaneCommands(program: Command, gate: Command, tools: LaneTools): void {
  for (const order of gateOrders) {
    wishing(gate.command(`${order} <lane>`).description(orderTexts[order]), tools).action(
      (lane_id: string, wish: Wish, command: Command) =>
        tools.ask(command, { verb: "lane-order", lane_id, order, ...wish }),
    );
  }
  const mode = (): Argument => new Argument("<mode>", "who may come in").choices(laneModes);
  wishing(
    program.command("mode").description("who may come in: the whole facility").addArgument(mode()),
    tools,
  ).action((to: (typeof laneModes)[number], wish: Wish, command: Command) =>
    tools.ask(command, { verb: "lane-mode", lane_id: null, mode: to, ...wish }),
  );
  const lane = program.command("lane").description("a lane");
  wishing(
    lane
      .command("mode <lane>")
      .description("who may come in here; the stricter of the facility's and this counts")
      .addArgument(mode()),
    tools,
  ).action((lane_id: string, to: (typeof laneModes)[number], wish: Wish, command: Command) =>
    tools.ask(command, { verb: "lane-mode", lane_id, mode: to, ...wish }),
  );
  wishing(
    lane
      .command("turn <lane>")
      .description("turns a reversible lane round, when it is empty")
      .addArgument(new Argument("<direction>").choices(["entry", "exit"])),
    tools,
  ).action((lane_id: string, direction: "entry" | "exit", wish: Wish, command: Command) =>
    tools.ask(command, { verb: "lane-turn", lane_id, direction, ...wish }),
  );
  lane
    .command("log <lane>")
    .description("how it went from phase to phase, newest first")
    .option("--last <n>", "how many (at most 500)", countOf, 20)
    .action((lane_id: string, { last }: { last: number }, command: Command) =>
      tools.ask(command, { verb: "lane-log", lane_id, limit: last }),
    );
}

const wishing = (command: Command, { userName }: LaneTools): Command =>
  command
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who asks").default(userName));

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 500) return count;
  throw new InvalidArgumentError("a whole number from 1 to 500");
}

export function laneLogLines(data: unknown, terminal: Terminal): string[] {
  const { transitions } = TransitionsData.parse(data);
  const rows = transitions.map(({ at, from, to, cause, passage_id }) => [
    at.slice(11, 23),
    `${from} → ${to}`,
    cause,
    passage_id ?? "",
  ]);
  return ["", table(terminal, ["at (UTC)", "phase", "because of", "passage"], rows)];
}

/** The verdict says it all. */
export const sentenceOnly = (): string[] => [];
