import type {
  ControlAnswer,
  ControlRequest,
  RefusedData,
} from "@gatehouse/shared/contracts/control";
import type { Random } from "@gatehouse/shared/ports/random";
import { Command, CommanderError } from "commander";
import { addAccountCommands } from "./accounts.ts";
import { addAccessCommands } from "./access.ts";
import { addCloudCommands } from "./cloud.ts";
import { addCameraCommands } from "./camera.ts";
import { addBooksCommands } from "./books.ts";
import { addBenchCommands } from "./bench.ts";
import { addDumpCommand } from "./dump.ts";
import { askDaemon } from "./daemon-link.ts";
import { addLaneCommands } from "./lanes.ts";
import { addModelCommands } from "./models.ts";
import { addParkingTicketCommands } from "./parking-tickets.ts";
import { addCardTerminalCommands } from "./card-terminals.ts";
import { addMerchantCommands } from "./merchants.ts";
import { addMoneyCommands } from "./money.ts";
import { addPlateCommands } from "./plates.ts";
import { printModels } from "./models-report.ts";
import { addRegistryCommands } from "./registry.ts";
import { printAnswer } from "./reports.ts";
import { addSensorCommands } from "./sensors.ts";
import { addSpaceCommands } from "./spaces.ts";
import { addShiftCommands } from "./shift.ts";
import { addSubscriptionCommands } from "./subscriptions.ts";
import { addTariffCommands } from "./tariff.ts";
import { addViolationCommands } from "./violations.ts";
import { plain, type Terminal } from "./terminal.ts";

/** What the command line may use of the world. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly random: Random;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
  /** Serves a facility until the process is told to end. @returns the exit code */
  readonly runDaemon: (options: { config: string; data: string }) => Promise<number>;
}

/** 0 done or healthy, 1 attention, 2 refused or a failed check, 3 fault or daemon unreachable, 64 usage. */
const exitCodes = { done: 0, unreachable: 3, usage: 64 } as const;

const defaultData = "./data";

type Verb = ControlRequest["verb"];

interface Shared {
  readonly data?: string;
  readonly json?: true;
}

/** Runs one command. @returns its exit code */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = commandLine(world, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageEnded(error, args, world.terminal);
  }
  return exitCode;
}

function usageEnded(error: CommanderError, args: readonly string[], terminal: Terminal): number {
  if (error.exitCode === 0) return exitCodes.done;
  if (args.includes("--json")) {
    const hint = "gatehouse --help lists every command.";
    printJson(terminal, {
      exit_code: exitCodes.usage,
      verdict: error.message,
      data: { reason: "usage", hint } satisfies RefusedData,
    });
  }
  return exitCodes.usage;
}

function commandLine(world: World, end: (exitCode: number) => void): Command {
  const { terminal } = world;
  const program = new Command("gatehouse")
    .description("Asks and tells the daemon of one facility.")
    .option("--data <dir>", "the facility's data folder (or GATEHOUSE_DATA; default ./data)")
    .option("--json", "one JSON object on standard output")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .showHelpAfterError("gatehouse --help lists every command.");

  const hear = (command: Command, request: ControlRequest): Promise<ControlAnswer> =>
    answerOf(dataOf(command.optsWithGlobals<Shared>(), world), request);
  const say = (command: Command, verb: Verb, answer: ControlAnswer, all = false): void => {
    if (command.optsWithGlobals<Shared>().json === true) printJson(terminal, answer);
    else printAnswer(terminal, verb, answer, { all });
    end(answer.exit_code);
  };
  const ask = async (command: Command, request: ControlRequest, all = false): Promise<void> =>
    say(command, request.verb, await hear(command, request), all);

  program
    .command("status")
    .description("how the facility is, in one line, and what that rests on")
    .action((_options, command: Command) => ask(command, { verb: "status" }));
  program
    .command("doctor")
    .description("checks what can be checked; each failed check says what to try next")
    .option("--all", "also each of the many checks that passed")
    .action((options: { all?: true }, command: Command) =>
      ask(command, { verb: "doctor" }, options.all === true),
    );
  const devices = program
    .command("devices")
    .description("every device: state, last seen, trouble")
    .option("--all", "also the bay sensors that are well")
    .action((options: { all?: true }, command: Command) =>
      ask(command, { verb: "devices" }, options.all === true),
    );
  addRegistryCommands(program, devices, { ask, random: world.random, userName: world.userName });
  program
    .command("why <id>")
    .description("what led to a decision, session, passage, payment or command, from the ledger")
    .action((id: string, _options, command: Command) => ask(command, { verb: "why", id }));
  program
    .command("sync")
    .description("the way to head office")
    .command("status")
    .description("what is acknowledged and what waits")
    .action((_options, command: Command) => ask(command, { verb: "sync-status" }));
  const gate = program.command("gate").description("a lane's barrier");
  gate
    .command("open <lane>")
    .description("opens a lane once; who and why go into the ledger")
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .option("--actor <name>", "who asks", world.userName)
    .action((laneId: string, options: { reason: string; actor: string }, command: Command) =>
      ask(command, openRequest(command, world.random, laneId, options)),
    );
  addLaneCommands(program, gate, { ask, userName: world.userName });
  program
    .command("accuracy")
    .description("how right sensors, cameras and the whole were when people looked")
    .action((_options, command: Command) => ask(command, { verb: "accuracy" }));
  addAccessCommands(program, { ask, random: world.random, userName: world.userName });
  addPlateCommands(program, { ask, userName: world.userName });
  addParkingTicketCommands(program, { ask, random: world.random, userName: world.userName });
  const { random, userName } = world;
  addCardTerminalCommands(program, { hear, say, ask, random, userName });
  addMoneyCommands(program, { ask, random, userName });
  for (const add of [addMerchantCommands, addAccountCommands, addSubscriptionCommands])
    add(program, { ask, random, userName });
  addViolationCommands(program, ask);
  addSpaceCommands(program, { ask, random, userName });
  addCameraCommands(program, { hear, say, terminal, userName: world.userName });
  const tell = (command: Command, answer: ControlAnswer, lines: readonly string[]): void => {
    if (command.optsWithGlobals<Shared>().json === true) printJson(terminal, answer);
    else for (const line of [answer.verdict, ...lines]) terminal.print(plain(line));
    end(answer.exit_code);
  };
  const folderOf = (command: Command): string => dataOf(command.optsWithGlobals<Shared>(), world);
  addSensorCommands(program, { hear, say, tell, folderOf });
  addDumpCommand(program, { hear, tell, folderOf });
  addBooksCommands(program, { hear, tell, print: (text) => terminal.print(text) });
  addCloudCommands(program, { tell, folderOf });
  addShiftCommands(program, { tell, folderOf });
  addTariffCommands(program, {
    tell,
    folderOf,
    give: (command, data, lines) => {
      if (command.optsWithGlobals<Shared>().json === true) terminal.print(JSON.stringify(data));
      else for (const line of lines) terminal.print(plain(line));
    },
  });
  addBenchCommands(program, {
    ...world,
    hear,
    tell,
    folderOf,
    line: (command, text, data) =>
      terminal.print(
        command.optsWithGlobals<Shared>().json === true ? JSON.stringify(data) : plain(text),
      ),
    progress: (text) => terminal.complain(text),
  });
  addModelCommands(
    program,
    (command) => dataOf(command.optsWithGlobals<Shared>(), world),
    (command, answer) => {
      const { exit_code, verdict, data } = answer;
      if (command.optsWithGlobals<Shared>().json === true)
        printJson(terminal, { exit_code, verdict, data });
      else printModels(terminal, answer);
      end(answer.exit_code);
    },
  );
  program
    .command("run")
    .description("serves a facility until it is told to end")
    .requiredOption("--config <file>", "the facility's facility.yaml")
    .action(async (options: { config: string }, command: Command) => {
      const data = dataOf(command.optsWithGlobals<Shared>(), world);
      end(await world.runDaemon({ config: options.config, data }));
    });
  return program;
}

function openRequest(
  command: Command,
  random: Random,
  laneId: string,
  { reason, actor }: { reason: string; actor: string },
): ControlRequest {
  const told = reason.trim();
  if (told === "" || told.length > 200) {
    command.error("error: --reason needs 1 to 200 signs, for example --reason 'arm replaced'");
  }
  if (actor.trim() === "" || actor.length > 64) {
    command.error("error: --actor needs a name of 1 to 64 signs");
  }
  return {
    verb: "gate-open",
    lane_id: laneId,
    reason: told,
    actor: actor.trim(),
    request_id: random.id(),
  };
}

async function answerOf(data: string, request: ControlRequest): Promise<ControlAnswer> {
  const heard = await askDaemon(data, request);
  return heard.kind === "answer" ? heard.answer : unreachable(heard.why, data);
}

const unreachable = (why: string, data: string): ControlAnswer => ({
  exit_code: exitCodes.unreachable,
  verdict: why,
  data: {
    reason: "daemon-unreachable",
    hint: `Next: npx gatehouse run --config facility.yaml --data ${data}, or npm start for a demonstration.`,
  } satisfies RefusedData,
});

const dataOf = (shared: Shared, { env }: World): string => {
  const told = env["GATEHOUSE_DATA"];
  return shared.data ?? (told === undefined || told === "" ? defaultData : told);
};

const printJson = (terminal: Terminal, answer: ControlAnswer): void =>
  terminal.print(JSON.stringify(answer));
