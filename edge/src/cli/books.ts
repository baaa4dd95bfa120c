import { closeSync, openSync, writeSync } from "node:fs";
import {
  BooksExportPart,
  type BooksExportRequest,
  booksFormats,
  type BooksFormat,
} from "@gatehouse/shared/contracts/books-export";
import type { ControlAnswer, ControlRequest } from "@gatehouse/shared/contracts/control";
import { windows1252 } from "@gatehouse/shared/windows-1252";
import { type Command, InvalidArgumentError, Option } from "commander";

export interface BooksTools {
  readonly hear: (command: Command, request: ControlRequest) => Promise<ControlAnswer>;
  /** Prints an answer, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** Prints text as it is. */
  readonly print: (text: string) => void;
}

interface ExportWish {
  readonly from: string;
  readonly to: string;
  readonly format: BooksFormat;
  readonly out?: string;
}

/** `books export`. */
export function addBooksCommands(program: Command, tools: BooksTools): void {
  program
    .command("books")
    .description("the facility's double-entry books")
    .command("export")
    .description("the journal of civil days, for whoever keeps the accounts")
    .requiredOption("--from <date>", "first day, for example 2026-01-01", toDate)
    .requiredOption("--to <date>", "last day", toDate)
    .addOption(new Option("--format <format>").choices(booksFormats).default("csv"))
    .option("--out <file>", "left out: standard output")
    .action(async ({ out, ...wish }: ExportWish, command: Command) => {
      if (out !== undefined) return intoFile(command, tools, wish, out);
      if (wish.format === "datev")
        return command.error(
          "error: --out names the file, for example EXTF_Buchungsstapel.csv: it is in Windows-1252",
        );
      await parts(command, tools, wish, (text) => tools.print(text.replace(/\r?\n$/, "")));
    });
}

async function intoFile(
  command: Command,
  tools: BooksTools,
  wish: Omit<ExportWish, "out">,
  out: string,
): Promise<void> {
  const file = openSync(out, "w", 0o600);
  const encode = wish.format === "datev" ? windows1252 : (text: string) => Buffer.from(text);
  let bytes = 0;
  try {
    const isDone = await parts(command, tools, wish, (text) => {
      bytes += writeSync(file, encode(text));
    });
    if (!isDone) return;
  } finally {
    closeSync(file);
  }
  const verdict = `${out} holds the journal from ${wish.from} to ${wish.to}.`;
  tools.tell(command, { exit_code: 0, verdict, data: { file: out, bytes } }, []);
}

/** Asks for one part after the other. @returns false when the daemon refused, which was told then */
async function parts(
  command: Command,
  { hear, tell }: BooksTools,
  wish: BooksExportRequest,
  take: (text: string) => void,
): Promise<boolean> {
  let after: string | null | undefined;
  while (after !== null) {
    const place = after === undefined ? {} : { after };
    const answer = await hear(command, { verb: "books-export", ...wish, ...place });
    const part = BooksExportPart.safeParse(answer.data);
    if (!part.success) {
      tell(command, answer, []);
      return false;
    }
    take(part.data.text);
    after = part.data.next;
  }
  return true;
}

function toDate(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  throw new InvalidArgumentError("write a day, for example 2026-01-31");
}
