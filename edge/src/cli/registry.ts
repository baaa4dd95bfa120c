import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import { deviceActs, type DeviceAct } from "@gatehouse/shared/contracts/registry";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";

export interface RegistryTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  readonly random: Random;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

interface Wish {
  readonly reason: string;
  readonly actor: string;
}

const actTexts = {
  approve: "lets a new, quarantined or retired device in",
  quarantine: "refuses what a device says, until it is approved again",
  retire: "refuses for good a device that the configuration names no longer",
} as const satisfies Record<DeviceAct, string>;

/** `devices show|approve|quarantine|retire` and `tickets list|open|close`. */
export function addRegistryCommands(
  program: Command,
  devices: Command,
  tools: RegistryTools,
): void {
  const { ask, random } = tools;
  devices
    .command("show <device>")
    .description("one device over all its days: what it was made, battery, clock, counts, work")
    .action((device_id: string, _options, command: Command) =>
      ask(command, { verb: "device-show", device_id }),
    );
  for (const act of deviceActs) {
    devices
      .command(`${act} <device>`)
      .description(actTexts[act])
      .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
      .addOption(actorOption(tools))
      .action((device_id: string, wish: Wish, command: Command) =>
        ask(command, { verb: "device-act", device_id, act, ...wish }),
      );
  }
  const tickets = program.command("tickets").description("work on devices");
  tickets
    .command("list")
    .description("what waits for somebody, newest first")
    .option("--all", "also what is over")
    .action(({ all }: { all?: true }, command: Command) =>
      ask(command, { verb: "tickets", all: all === true }),
    );
  tickets
    .command("open <device>")
    .description("asks for work on a device")
    .requiredOption("--type <word>", "what kind of work: battery, sensor, loop, gate, …")
    .requiredOption("--text <text>", "what is to be done (at most 500 signs)")
    .addOption(actorOption(tools))
    .action(
      (
        equipment_id: string,
        { type, text, actor }: { type: string; text: string; actor: string },
        command: Command,
      ) =>
        ask(command, {
          verb: "ticket-open",
          request_id: random.id(),
          equipment_id,
          maintenance_type: type,
          description: text,
          actor,
        }),
    );
  tickets
    .command("close <ticket>")
    .description("the work is done")
    .requiredOption("--done <text>", "what was done (at most 500 signs)")
    .addOption(actorOption(tools))
    .action(
      (ticket_id: string, { done, actor }: { done: string; actor: string }, command: Command) =>
        ask(command, { verb: "ticket-close", ticket_id, done, actor }),
    );
}

const actorOption = ({ userName }: RegistryTools): Option =>
  new Option("--actor <name>", "who asks").default(userName);
