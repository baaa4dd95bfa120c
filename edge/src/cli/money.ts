import type { ControlRequest } from "@gatehouse/shared/contracts/control";
import { BalanceData, PaymentsData } from "@gatehouse/shared/contracts/money";
import { DebtsData } from "@gatehouse/shared/contracts/debts";
import { RefundsData } from "@gatehouse/shared/contracts/refunds";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Command, Option } from "commander";
import { amountOption, amountText } from "./amounts.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface MoneyTools {
  readonly ask: (command: Command, request: ControlRequest) => Promise<void>;
  readonly random: Random;
  /** The person at the keyboard, as the system knows them. */
  readonly userName: string;
}

/** `money balance|payments|refunds|debts|refund|decide`. */
export function addMoneyCommands(program: Command, { ask, random, userName }: MoneyTools): void {
  const money = program.command("money").description("the books, payments, refunds, debts");
  const byWhom = () => new Option("--actor <name>", "who says so").default(userName);
  money
    .command("balance")
    .description("the trial balance; exit code 2 when something does not hold")
    .action((_options, command: Command) => ask(command, { verb: "money-balance" }));
  money
    .command("payments [session]")
    .description("the latest payments, or those of a session")
    .action((session: string | undefined, _options, command: Command) =>
      ask(command, { verb: "money-payments", session_id: session ?? null }),
    );
  money
    .command("refunds")
    .description("the latest refunds, and those that wait for a second person")
    .action((_options, command: Command) => ask(command, { verb: "money-refunds" }));
  money
    .command("debts [plate]")
    .description("stays that ended unpaid")
    .action((plate: string | undefined, _options, command: Command) =>
      ask(command, { verb: "money-debts", plate: plate ?? null }),
    );
  money
    .command("refund <payment>")
    .description("gives a payment back; above the limit a second person must agree at the kiosk")
    .option("--amount <minor>", "whole minor units; left out: all that is left", amountOption)
    .option("--void", "it was a mistake: what it paid is owed again", false)
    .option("--till <id>", "the till that gives the money, where it was paid in cash")
    .requiredOption("--reason <text>", "why, for the ledger (at most 200 signs)")
    .addOption(byWhom())
    .action((payment: string, told: RefundOptions, command: Command) =>
      ask(command, {
        verb: "money-refund",
        request_id: random.id(),
        payment_id: payment,
        amount_minor: told.amount ?? null,
        kind: told.void ? "void" : "refund",
        till_id: told.till ?? null,
        reason: told.reason,
        actor: told.actor,
      }),
    );
  money
    .command("decide <payment>")
    .description("says what became of a payment that neither terminal nor gateway can tell about")
    .addOption(
      new Option("--outcome <word>", "what the journal of the terminal says")
        .choices(["captured", "not-captured"])
        .makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", "how you know (at most 200 signs)")
    .addOption(byWhom())
    .action(
      (
        payment_id: string,
        told: { outcome: "captured" | "not-captured"; reason: string; actor: string },
        command: Command,
      ) => ask(command, { verb: "money-decide", payment_id, ...told }),
    );
}

interface RefundOptions {
  readonly amount?: number;
  readonly void: boolean;
  readonly till?: string;
  readonly reason: string;
  readonly actor: string;
}

export function balanceLines(data: unknown, terminal: Terminal): string[] {
  const { accounts, currency, sum_minor: sum, complaints } = BalanceData.parse(data);
  const rows = [
    ...accounts.map(({ account, minor }) => [account, amountText(minor, currency)]),
    ["sum", amountText(sum, currency)],
  ];
  return ["", table(terminal, ["account", "debits less credits"], rows), ...complaints.slice(1)];
}

export function paymentLines(data: unknown, terminal: Terminal): string[] {
  const rows = PaymentsData.parse(data).payments.map((payment) => [
    payment.started_at,
    payment.method,
    payment.place ?? "–",
    amountText(payment.amount_minor, payment.currency),
    amountText(payment.refunded_minor, payment.currency),
    payment.undecided ? `${payment.status}, undecided` : payment.status,
    payment.payment_id,
  ]);
  const head = ["started (UTC)", "means", "place", "amount", "given back", "state", "payment"];
  return rows.length === 0 ? [] : ["", table(terminal, head, rows)];
}

export function refundLines(data: unknown, terminal: Terminal): string[] {
  const rows = RefundsData.parse(data).refunds.map((refund) => [
    refund.requested_at,
    refund.kind,
    amountText(refund.amount_minor, refund.currency),
    refund.status,
    refund.requested_by,
    refund.approved_by ?? "–",
    refund.reason,
    refund.refund_id,
  ]);
  const head = ["asked (UTC)", "kind", "amount", "state", "by", "agreed", "reason", "refund"];
  return rows.length === 0 ? [] : ["", table(terminal, head, rows)];
}

export function debtLines(data: unknown, terminal: Terminal): string[] {
  const rows = DebtsData.parse(data).debts.map((debt) => [
    debt.plate ?? "–",
    amountText(debt.owed_minor, debt.currency),
    debt.left_at ?? "–",
    debt.note?.name ?? "–",
    debt.session_id,
  ]);
  const head = ["plate", "owed", "left (UTC)", "promised by", "session"];
  return rows.length === 0 ? [] : ["", table(terminal, head, rows)];
}
