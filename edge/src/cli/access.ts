import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import { visitorKinds } from "@gatehouse/shared/contracts/access-terms";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, InvalidArgumentError, Option } from "commander";

export interface AccessTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  readonly random: Random;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

interface Who {
  readonly actor: string;
  readonly why?: string;
}

/** `access list|allow|deny|visitor|permit|neutral`. */
export function addAccessCommands(program: Command, tools: AccessTools): void {
  const access = program.command("access").description("who may come in");
  access
    .command("list")
    .description("the allow and deny lists; what head office has sent is changed there")
    .option("--search <text>", "part of a plate or of a reason", "")
    .action(({ search }: { search: string }, command: Command) =>
      tools.ask(command, { verb: "access-lists", search }),
    );
  addListCommand(access, tools, "allow", "lets a plate in always; it pays as everybody does");
  addListCommand(access, tools, "deny", "never lets a plate in, whatever right it has");
  addVisitorCommand(access, tools);
  access
    .command("permit <plate>")
    .description("the permits of a plate: whether they hold now, and where their vehicles are")
    .action((plate: string, _options, command: Command) =>
      tools.ask(command, { verb: "access-permits", plate }),
    );
  addNeutralCommand(access, tools);
}

interface ListOptions extends Who {
  readonly reason?: string;
  readonly until?: string;
  readonly end?: true;
}

function addListCommand(
  access: Command,
  tools: AccessTools,
  list: "allow" | "deny",
  description: string,
): void {
  knowing(access.command(`${list} <plate>`).description(description), tools)
    .option("--reason <text>", "what the driver may hear")
    .option("--until <time>", "until then, as 2026-06-01T18:00; left out: until it is taken off")
    .option("--end", "takes the plate off the facility's own list")
    .action((plate: string, options: ListOptions, command: Command) => {
      const { actor } = options;
      const why = options.why ?? options.reason;
      if (why === undefined) return command.error("error: --reason or --why says why");
      if (options.end === true)
        return tools.ask(command, { verb: "access-unlist", actor, entry: { list, plate, why } });
      const { reason } = options;
      if (reason === undefined)
        return command.error("error: --reason says what the driver may hear");
      const until = options.until === undefined ? {} : { valid_until: options.until };
      const entry = { list, plate, reason, why, ...until };
      return tools.ask(command, { verb: "access-list", actor, entry });
    });
}

interface VisitorOptions extends Who {
  readonly name?: string;
  readonly until?: string;
  readonly from?: string;
  readonly host?: string;
  readonly kind: (typeof visitorKinds)[number];
  readonly entries?: number;
  readonly end?: string;
}

function addVisitorCommand(access: Command, tools: AccessTools): void {
  knowing(
    access
      .command("visitor [plate]")
      .description("announces a visitor; without a plate it shows who is expected"),
    tools,
  )
    .option("--name <name>", "who comes")
    .option("--until <time>", "until then, as 2026-06-01T18:00")
    .option("--from <time>", "from then on; left out: from now")
    .option("--host <name>", "whom they visit or work for")
    .addOption(new Option("--kind <kind>").choices(visitorKinds).default("visitor"))
    .option("--entries <count>", "so often at most", countOf)
    .option("--end <id>", "ends the visitor of this id")
    .action((plate: string | undefined, options: VisitorOptions, command: Command) => {
      const { actor, name, until, end, kind } = options;
      if (end !== undefined) {
        const why = options.why ?? "no longer expected";
        return tools.ask(command, { verb: "access-visitor-end", actor, visitor_id: end, why });
      }
      if (plate === undefined) return tools.ask(command, { verb: "access-visitors", search: "" });
      if (name === undefined || until === undefined)
        return command.error("error: a visitor needs --name and --until");
      return tools.ask(command, {
        verb: "access-visitor",
        actor,
        visitor: {
          visitor_id: tools.random.id(),
          kind,
          plate,
          name,
          valid_until: until,
          ...(options.from === undefined ? {} : { valid_from: options.from }),
          ...(options.host === undefined ? {} : { host: options.host }),
          ...(options.entries === undefined ? {} : { entries_max: options.entries }),
          why: options.why ?? "announced",
        },
      });
    });
}

function addNeutralCommand(access: Command, tools: AccessTools): void {
  knowing(
    access
      .command("neutral [permit]")
      .description("the vehicles of a permit, or of all, may come in once more"),
    tools,
  )
    .option("--all", "of all permits, after a gate stood open")
    .action((permit: string | undefined, options: Who & { all?: true }, command: Command) => {
      const { actor, why, all } = options;
      if ((permit === undefined) === (all === undefined))
        return command.error("error: name a permit, or say --all");
      if (why === undefined) return command.error("error: --why says why");
      return tools.ask(command, { verb: "access-neutral", actor, permit_id: permit ?? null, why });
    });
}

const knowing = (command: Command, { userName }: AccessTools): Command =>
  command
    .option("--why <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who asks").default(userName));

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError("a whole number from 1 to 1000");
}
