import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type ControlAnswer,
  type ControlRequest,
  RefusedData,
} from "@gatehouse/shared/contracts/control";
import { DumpData, type DumpFile } from "@gatehouse/shared/contracts/dump";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { isoOf } from "@gatehouse/shared/time";
import type { Command } from "commander";
import { ConfigError, loadSecrets } from "../config.ts";
import { shortened } from "../flows/support.ts";
import { secretTexts } from "../config-secret-texts.ts";
import { lookIntoBook } from "../store/book-facts.ts";

export interface DumpTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints an answer, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
}

const exitCodes = { done: 0, attention: 1, refused: 2 } as const;
const nothingSecret =
  "No secret, token, PIN, key or card number is in it; plates and visitors' names may be.";

/** `dump`: a file for whoever looks after the system from afar. */
export function addDumpCommand(program: Command, { hear, tell, folderOf }: DumpTools): void {
  program
    .command("dump")
    .description(
      "writes what helps to find out from afar what is wrong: health, log, ledger, configuration",
    )
    .option("--out <file>", "where to; left out: a new file in this folder")
    .action(async ({ out }: { out?: string }, command: Command) => {
      const heard = await hear(command, { verb: "dump" });
      const told = DumpData.safeParse(heard.data);
      const book = bookIn(folderOf(command));
      if (!told.success && book === undefined) return tell(command, heard, hintOf(heard));
      const made: DumpFile = {
        made_at: isoOf(new PacedClock().now()),
        daemon: told.success ? told.data : heard.verdict,
        book: book ?? "There is no book in the data folder.",
      };
      const file = resolve(out ?? nameOf(made));
      const refusal = written(file, made);
      if (refusal !== undefined) return tell(command, refusal, hintOf(refusal));
      const verdict = told.success
        ? `${heard.verdict} Written to ${file}.`
        : `No daemon answers: what its book tells is written to ${file}.`;
      const exit_code = told.success ? exitCodes.done : exitCodes.attention;
      tell(command, { exit_code, verdict, data: { file } }, [nothingSecret]);
    });
}

const hintOf = ({ data }: ControlAnswer): string[] => {
  const refused = RefusedData.safeParse(data);
  return refused.success && refused.data.hint !== null ? [refused.data.hint] : [];
};

/** What the book in a data folder tells, or why it cannot be read; undefined: there is none. */
function bookIn(folder: string): DumpFile["book"] | undefined {
  const data = [folder, join(folder, "edge")].find((each) => existsSync(join(each, "book.sqlite")));
  if (data === undefined) return undefined;
  try {
    const secrets = secretsIn(data);
    const { tables, ledger_tail: tail } = lookIntoBook(join(data, "book.sqlite"));
    return { tables, ledger_tail: tail.map((line) => shortened(line, secrets)) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function secretsIn(data: string): readonly string[] {
  try {
    return secretTexts(loadSecrets(join(data, "secrets.json")));
  } catch (error) {
    // What stands under a secret's name is withheld all the same.
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function nameOf({ daemon, made_at: at }: DumpFile): string {
  const whose = typeof daemon === "string" ? "book" : daemon.facility_id;
  return `gatehouse-dump-${whose}-${at.slice(0, 19).replaceAll(":", "-")}.json`;
}

/** @returns why it could not be written; undefined: it was */
function written(file: string, data: object): ControlAnswer | undefined {
  try {
    writeFileSync(file, `${JSON.stringify(data, null, 1)}\n`, { flag: "wx", mode: 0o600 });
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = "Name another file with --out: nothing is written over.";
    return {
      exit_code: exitCodes.refused,
      verdict: `The dump cannot be written: ${why}`,
      data: { reason: "not-written", hint } satisfies RefusedData,
    };
  }
}
