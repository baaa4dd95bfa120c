import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import {
  TerminalRunningData,
  TerminalStatusData,
  TerminalTotalsData,
} from "@gatehouse/shared/contracts/terminals";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";
import { table } from "./table.ts";
import { plain, type Terminal } from "./terminal.ts";

export interface CardTerminalTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints an answer and ends with its exit code. */
  readonly say: (command: Command, verb: ControlRequest["verb"], answer: ControlAnswer) => void;
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  readonly random: Pick<Random, "id">;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

/** `terminal status|totals|end-of-day`. */
export function addCardTerminalCommands(program: Command, tools: CardTerminalTools): void {
  const { ask, random, userName } = tools;
  const terminal = program.command("terminal").description("a card terminal");
  terminal
    .command("status <terminal>")
    .description("asks it how it is: ready or busy, what it needs, its clock and last receipt")
    .action((terminal_id: string, _options, command: Command) =>
      ask(command, { verb: "terminal-status", terminal_id }),
    );
  terminal
    .command("totals <terminal>")
    .description("what it has booked since its last end of day; closes nothing")
    .action((terminal_id: string, _options, command: Command) =>
      ask(command, { verb: "terminal-totals", terminal_id }),
    );
  terminal
    .command("end-of-day <terminal>")
    .description("closes its batch: what was charged before cannot be reversed any more")
    .addOption(new Option("--actor <name>", "who asks, for the ledger").default(userName))
    .action((terminal_id: string, { actor }: { actor: string }, command: Command) =>
      endOfDay(command, tools, { terminal_id, actor, request_id: random.id() }),
    );
}

async function endOfDay(
  command: Command,
  { hear, say }: CardTerminalTools,
  wish: { readonly terminal_id: string; readonly actor: string; readonly request_id: string },
): Promise<void> {
  const request = { verb: "terminal-end-of-day" as const, ...wish };
  let answer = await hear(command, request);
  while (TerminalRunningData.safeParse(answer.data).success) answer = await hear(command, request);
  say(command, request.verb, answer);
}

/** What the terminal said of itself, below the verdict. */
export function terminalStatusLines(data: unknown, terminal: Terminal): string[] {
  const { own_id, software, last_receipt, clock_off_s, result_code, words } =
    TerminalStatusData.parse(data);
  return [
    "",
    table(terminal, undefined, [
      ["calls itself", own_id ?? "not told"],
      ["software", software ?? "not told"],
      ["last receipt", last_receipt ?? "not known"],
      ["clock", clock_off_s === null ? "not told" : `${clock_off_s} s off`],
      ["answer", `${result_code}, ${words}`],
    ]),
  ];
}

/** Sums by scheme, then the terminal's own lines. */
export function terminalTotalsLines(data: unknown, terminal: Terminal): string[] {
  const { totals, currency, lines } = TerminalTotalsData.parse(data);
  const rows = (totals?.schemes ?? []).map(({ scheme, count, amount_minor }) => [
    scheme,
    String(count),
    formatMinor(minorUnits(amount_minor), currency),
  ]);
  return [
    ...(rows.length === 0 ? [] : ["", table(terminal, ["cards", "count", "amount"], rows)]),
    ...(lines.length === 0 ? [] : ["", ...lines.map(plain)]),
  ];
}
