import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";

export interface ParkingTicketTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  /** What tells two presses apart. */
  readonly random: Pick<Random, "id">;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

interface ReprintOptions {
  readonly lane: string;
  readonly reason: string;
  readonly actor: string;
}

interface LostOptions {
  readonly plate?: string;
  readonly enteredAt?: string;
  readonly reason: string;
  readonly actor: string;
}

/** `parking-ticket check|reprint|lost`, `printer test`. */
export function addParkingTicketCommands(program: Command, tools: ParkingTicketTools): void {
  const { ask, random, userName } = tools;
  const ticket = program
    .command("parking-ticket")
    .description("tickets of vehicles without a readable plate (repairs are `tickets`)");
  ticket
    .command("check <ticket>")
    .description("whether a ticket holds: the text of its code, or its printed number")
    .action((text: string, _options, command: Command) =>
      ask(command, { verb: "parking-ticket-check", ticket: text }),
    );
  ticket
    .command("reprint <number>")
    .description("prints a damaged ticket again")
    .requiredOption("--lane <id>", "a lane with a printer")
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who says so").default(userName))
    .action((number: string, { lane, ...who }: ReprintOptions, command: Command) =>
      ask(command, {
        verb: "parking-ticket-reprint",
        lane_id: lane,
        number,
        request_id: random.id(),
        ...who,
      }),
    );
  ticket
    .command("lost <lane>")
    .description("the driver at this exit has no ticket: by plate, by time, or the tariff's price")
    .option("--plate <plate>", "the vehicle's plate")
    .option("--entered-at <time>", "when they came in, as 2026-06-01T18:00 by the site's clock")
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who says so").default(userName))
    .action((lane_id: string, told: LostOptions, command: Command) => {
      const { plate, enteredAt, reason, actor } = told;
      return ask(command, {
        verb: "parking-ticket-lost",
        lane_id,
        actor,
        reason,
        request_id: random.id(),
        ...(plate === undefined ? {} : { plate }),
        ...(enteredAt === undefined ? {} : { entered_at: enteredAt }),
      });
    });
  program
    .command("printer")
    .description("a printer of tickets")
    .command("test <printer>")
    .description("prints a page that shows whether its profile fits: signs, width, code")
    .action((printer_id: string, _options, command: Command) =>
      ask(command, { verb: "printer-test", printer_id }),
    );
}
