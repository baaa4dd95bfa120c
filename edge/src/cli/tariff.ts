import { spaceTypes } from "@gatehouse/shared/contracts/facility";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { type Command, InvalidArgumentError, Option } from "commander";
import { replayDraft } from "./tariff-replay.ts";
import { type TariffFile, readTariffFile } from "./tariff-file.ts";
import { type QuoteAnswer, type QuoteOptions, quoteFromFile, zoneOf } from "./tariff-quote.ts";

/** What the tariff commands use of the command line around them. */
export interface TariffTools {
  /** Prints an answer, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** Prints an object where JSON is asked for, else the lines. */
  readonly give: (command: Command, data: object, lines: readonly string[]) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
}

const exitCodes = { done: 0, refused: 2 } as const;

/** `tariff check|quote|replay`: they need no daemon. */
export function addTariffCommands(program: Command, tools: TariffTools): void {
  const tariff = program.command("tariff").description("tariffs in files, and what stays cost");
  tariff
    .command("check <file>")
    .description("everything that is wrong with a tariff, each with its place and what to write")
    .action((file: string, _options, command: Command) => {
      const read = readTariffFile(file);
      if (read.kind === "bad") return refuseFile(tools, command, file, read.complaints);
      const { tariff_id, version, name, currency } = read.tariff;
      const verdict = `${name} (${tariff_id} version ${version}, ${currency}) is a good tariff.`;
      const data = { tariff_id, version, currency, complaints: [] };
      return tools.tell(command, { exit_code: exitCodes.done, verdict, data }, []);
    });
  tariff
    .command("quote")
    .description("what a stay costs, line by line")
    .requiredOption("--file <file>", "the tariff, YAML or JSON")
    .addOption(
      new Option("--class <class>", "of the vehicle").choices(vehicleClasses).default("car"),
    )
    .addOption(new Option("--space <type>", "of the space").choices(spaceTypes).default("standard"))
    .requiredOption("--from <moment>", "the entry, ISO 8601; without an offset it is local time")
    .requiredOption("--to <moment>", "the exit")
    .option("--at <moment>", "when the driver asks and pays; left out: at the exit")
    .option("--zone <zone>", "IANA; left out: the tariff's time_zone, else UTC", toZone)
    .action((options: QuoteOptions, command: Command) => quote(tools, command, options));
  tariff
    .command("replay")
    .description(
      "what the stays of the last days would have come to under a draft; nothing is changed",
    )
    .requiredOption("--draft <file>", "the tariff, YAML or JSON")
    .option("--days <n>", "how many (at most 400)", toDays, 30)
    .action(({ draft, days }: { draft: string; days: number }, command: Command) => {
      const read = readTariffFile(draft);
      if (read.kind === "bad") return refuseFile(tools, command, draft, read.complaints);
      const { answer, lines } = replayDraft(read.tariff, tools.folderOf(command), days);
      return tools.tell(command, answer, lines);
    });
}

function quote(tools: TariffTools, command: Command, options: QuoteOptions): void {
  const read = readTariffFile(options.file);
  if (read.kind === "bad") return refuseFile(tools, command, options.file, read.complaints);
  const answer = quoteFromFile(read.tariff, options);
  if ("reason" in answer) {
    const { reason, sentence } = answer;
    const data = { reason, hint: null };
    return tools.tell(command, { exit_code: exitCodes.refused, verdict: sentence, data }, []);
  }
  return tools.give(command, answer, linesOf(answer, zoneOf(options, read.tariff)));
}

function linesOf(
  { lines, total_minor: total, tax_minor: tax, currency }: QuoteAnswer,
  zone: string,
): string[] {
  const money = (minor: number): string => formatMinor(minorUnits(minor), currency);
  const clock = new Intl.DateTimeFormat("sv", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const local = (iso: string): string => clock.format(Date.parse(iso));
  return [
    `${money(total)}${tax === 0 ? "" : `, ${money(tax)} of it tax`} (times in ${zone})`,
    ...lines.map(
      ({ rule, from, to, minor }) =>
        `  ${local(from)} – ${local(to)}  ${money(minor).padStart(10)}  ${rule}`,
    ),
  ];
}

function refuseFile(
  tools: TariffTools,
  command: Command,
  file: string,
  complaints: Extract<TariffFile, { kind: "bad" }>["complaints"],
): void {
  const count = `${complaints.length} mistake${complaints.length === 1 ? "" : "s"}`;
  const hint = "docs/tariffs.md says what each field means.";
  const answer = {
    exit_code: exitCodes.refused,
    verdict: `${file} has ${count}.`,
    data: { reason: "bad-tariff", hint, complaints },
  };
  const lines = complaints.map(({ path, message }) => `    ${path || "(whole file)"}: ${message}`);
  tools.tell(command, answer, [...lines, hint]);
}

function toDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 400) return days;
  throw new InvalidArgumentError("a whole number from 1 to 400");
}

function toZone(text: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError("an IANA zone, for example Europe/Berlin");
  }
}
