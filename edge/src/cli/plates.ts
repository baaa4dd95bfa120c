import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import {
  CorrectAnswer,
  ReviewsData,
  SessionsData,
  type SessionView,
} from "@gatehouse/shared/contracts/plates";
import { type Command, Option } from "commander";
import { table } from "./table.ts";
import { plain, type Terminal } from "./terminal.ts";

export interface PlateTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

/** `plates search|correct|reviews`. */
export function addPlateCommands(program: Command, { ask, userName }: PlateTools): void {
  const plates = program.command("plates").description("who is inside, by their plates");
  plates
    .command("search <part>")
    .description("who is inside, by a part of the plate (two characters at least)")
    .action((part: string, _options, command: Command) =>
      ask(command, { verb: "plates-search", plate: part.slice(0, 20) }),
    );
  plates
    .command("correct <session> <plate>")
    .description("what a session's plate truly is; what was read is kept, and the camera learns")
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(new Option("--actor <name>", "who says so").default(userName))
    .action(
      (
        session_id: string,
        plate: string,
        told: { reason: string; actor: string },
        command: Command,
      ) => ask(command, { verb: "plates-correct", session_id, plate, ...told }),
    );
  plates
    .command("reviews")
    .description("plates that came in while they were inside: one vehicle or two?")
    .action((_options, command: Command) => ask(command, { verb: "plates-reviews" }));
}

const head = ["plate", "read as", "class", "came in (UTC)", "lane", "state", "session"];

export function sessionLines(data: unknown, terminal: Terminal): string[] {
  const { sessions } = SessionsData.parse(data);
  return sessions.length === 0 ? [] : ["", table(terminal, head, sessions.map(rowOf))];
}

export const correctedLines = (data: unknown): string[] => [
  `Follow it: npx gatehouse why ${plain(CorrectAnswer.parse(data).session_id)}`,
];

export function reviewLines(data: unknown, terminal: Terminal): string[] {
  const rows = ReviewsData.parse(data).reviews.flatMap(({ earlier, later }) => [
    rowOf(earlier),
    rowOf(later),
  ]);
  if (rows.length === 0) return [];
  return ["", table(terminal, head, rows), "", "Next: look at the pictures at the kiosk."];
}

const rowOf = (session: SessionView): string[] => [
  session.plate ?? "–",
  session.raw_plate || "–",
  session.vehicle_class,
  session.entry_at,
  session.entry_lane_id,
  session.status,
  session.session_id,
];
