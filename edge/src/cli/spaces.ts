import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import { SpaceVehicleAnswer, SpaceVehicleData } from "@gatehouse/shared/contracts/space-vehicles";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";
import { plain } from "./terminal.ts";

export interface SpaceTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  /** What tells two presses apart. */
  readonly random: Pick<Random, "id">;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

interface VehicleOptions {
  readonly clear?: true;
  readonly gone?: true;
  readonly note?: string;
  readonly actor: string;
}

/** `space vehicle`. */
export function addSpaceCommands(program: Command, { ask, random, userName }: SpaceTools): void {
  program
    .command("space")
    .description("one space")
    .command("vehicle <space> [plate]")
    .description("whose vehicle stands there; with a plate: this one does")
    .option("--clear", "it never stood there: what was said is taken back")
    .option("--gone", "it has left the space")
    .option("--note <text>", "for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who says so").default(userName))
    .action(
      (space_id: string, plate: string | undefined, told: VehicleOptions, command: Command) => {
        const { clear, gone, note, actor } = told;
        const wishes = [plate, clear, gone].filter((each) => each !== undefined);
        if (wishes.length > 1)
          command.error("error: write a plate, --clear or --gone, one of them");
        const ends = clear === true || gone === true;
        if (plate === undefined && !ends) return ask(command, { verb: "space-show", space_id });
        const by = {
          space_id,
          actor,
          request_id: random.id(),
          ...(note === undefined ? {} : { note }),
        };
        return ask(
          command,
          plate === undefined
            ? { verb: "space-end", ...by, as: gone === true ? "gone" : "taken-back" }
            : { verb: "space-vehicle", ...by, plate: plate.slice(0, 20) },
        );
      },
    );
}

/** Who or what said it, and where to read more. */
export function spaceVehicleLines(data: unknown): string[] {
  const { vehicle } = SpaceVehicleData.parse(data);
  if (vehicle === null) return [];
  const { session, witness, by, said_at: at } = vehicle;
  return [`By ${witness} ${plain(by)} at ${at}.`, followLine(session.session_id)];
}

export const spaceToldLines = (data: unknown): string[] => [
  followLine(SpaceVehicleAnswer.parse(data).session_id),
];

const followLine = (sessionId: string): string =>
  `Follow it: npx gatehouse why ${plain(sessionId)}`;
