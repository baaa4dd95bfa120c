import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import {
  type PenaltyStatus,
  penaltyStatuses,
  type ViolationType,
  violationTypes,
} from "@gatehouse/shared/contracts/money-terms";
import { ViolationData, ViolationsData } from "@gatehouse/shared/contracts/violations";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { type Command, Option } from "commander";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

interface Filter {
  readonly status?: PenaltyStatus;
  readonly type?: ViolationType;
  readonly plate?: string;
}

/** `violations list|show`. */
export function addViolationCommands(
  program: Command,
  ask: (command: Command, request: ControlRequest) => Promise<void>,
): void {
  const violations = program
    .command("violations")
    .description("penalties: overstays, unpaid stays, wrong spaces");
  violations
    .command("list")
    .description("newest first")
    .addOption(new Option("--status <status>", "only these").choices(penaltyStatuses))
    .addOption(new Option("--type <type>", "only these").choices(violationTypes))
    .option("--plate <plate>", "of one vehicle")
    .action((filter: Filter, command: Command) =>
      ask(command, { verb: "violations-list", ...filter }),
    );
  violations
    .command("show <violation>")
    .description("what shows it, and what was done about it")
    .action((violation_id: string, _options, command: Command) =>
      ask(command, { verb: "violations-show", violation_id }),
    );
}

export function violationsLines(data: unknown, terminal: Terminal): string[] {
  const { violations, has_more: hasMore } = ViolationsData.parse(data);
  if (violations.length === 0) return [];
  const rows = violations.map((each) => [
    each.plate ?? "–",
    each.violation_type,
    each.status,
    formatMinor(minorUnits(each.due_minor), each.currency),
    each.detected_at,
    each.violation_id,
  ]);
  const head = ["plate", "type", "status", "to pay now", "found (UTC)", "id"];
  const more = hasMore ? ["", "There are more: --status, --type or --plate narrow it down."] : [];
  return ["", table(terminal, head, rows), ...more];
}

export function violationLines(data: unknown, terminal: Terminal): string[] {
  const { violation, evidence, evidence_sha256: hash, history } = ViolationData.parse(data);
  const { currency } = violation;
  const amount = (minor: number): string => formatMinor(minorUnits(minor), currency);
  return [
    "",
    table(terminal, undefined, [
      ["plate", violation.plate ?? "not known"],
      ["session", violation.session_id ?? "none"],
      ["space", violation.space_id ?? "not known"],
      ["penalty", amount(violation.penalty_minor)],
      ["with lateness", amount(violation.amount_minor)],
      ["to pay now", amount(violation.due_minor)],
      ["discount until (UTC)", violation.discount_until ?? "none"],
      ["due (UTC)", violation.due_at ?? "–"],
      ["next (UTC)", violation.next_at ?? "nothing by itself"],
      ["evidence", `${evidence.reads.length} reads, ${evidence.pictures.length} pictures`],
      ["its SHA-256", hash],
    ]),
    "",
    table(
      terminal,
      ["at (UTC)", "status", "by", "why"],
      history.map(({ at, status, by, reason }) => [at, status, by.id ?? by.kind, reason]),
    ),
  ];
}
