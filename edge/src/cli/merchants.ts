import { MerchantAnswer, MerchantsData } from "@gatehouse/shared/contracts/accounts";
import type { Command } from "commander";
import { type AccountTools, reasoned, type Who } from "./account-tools.ts";
import { amountText, type Limit, limitOf, limitOption } from "./amounts.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

interface MerchantOptions extends Who {
  readonly name?: string;
  readonly stayCap?: Limit;
  readonly monthCap?: Limit;
  readonly active?: true;
  readonly inactive?: true;
}

/** `merchant list|add|change|token`. */
export function addMerchantCommands(program: Command, tools: AccountTools): void {
  const { ask, random } = tools;
  const merchant = program
    .command("merchant")
    .description("shops and offices that pay for their visitors' parking");
  merchant
    .command("list")
    .description("every merchant: what it may give, what it gave this month, what it owes")
    .action((_options, command: Command) => ask(command, { verb: "merchant-list" }));
  withCaps(reasoned(merchant.command("add <merchant>").description("a new merchant"), tools))
    .requiredOption("--name <name>", "as drivers and attendants know it")
    .action((id: string, told: MerchantOptions, command: Command) =>
      ask(command, {
        verb: "merchant-add",
        request_id: random.id(),
        reason: told.reason,
        actor: told.actor,
        merchant_id: id,
        name: told.name ?? id,
        stay_cap_minor: limitOf(told.stayCap ?? "none"),
        month_cap_minor: limitOf(told.monthCap ?? "none"),
      }),
    );
  withCaps(
    reasoned(
      merchant.command("change <merchant>").description("what is not said stays as it was"),
      tools,
    ),
  )
    .option("--name <name>", "as drivers and attendants know it")
    .option("--active", "it may give something again")
    .option(
      "--inactive",
      "it gives nothing any more; what it gave and was not used yet counts no longer",
    )
    .action((id: string, told: MerchantOptions, command: Command) => {
      const { name, stayCap, monthCap, active, inactive } = told;
      if (active === true && inactive === true)
        return command.error("error: say --active or --inactive");
      return ask(command, {
        verb: "merchant-change",
        request_id: random.id(),
        reason: told.reason,
        actor: told.actor,
        merchant_id: id,
        ...(name === undefined ? {} : { name }),
        ...(stayCap === undefined ? {} : { stay_cap_minor: limitOf(stayCap) }),
        ...(monthCap === undefined ? {} : { month_cap_minor: limitOf(monthCap) }),
        ...(active === inactive ? {} : { is_active: active === true }),
      });
    });
  reasoned(
    merchant
      .command("token <merchant>")
      .description("a new token for the merchant's own page, told once; the old one ends"),
    tools,
  ).action((id: string, told: Who, command: Command) =>
    ask(command, { verb: "merchant-token", request_id: random.id(), merchant_id: id, ...told }),
  );
}

const withCaps = (command: Command): Command =>
  command
    .option("--stay-cap <minor>", "most that it pays for one stay; none: all of it", limitOption)
    .option("--month-cap <minor>", "most that it pays in a month; none: no limit", limitOption);

export function merchantLines(data: unknown, terminal: Terminal): string[] {
  const { merchants, currency } = MerchantsData.parse(data);
  if (merchants.length === 0) return [];
  const cap = (minor: number | null): string =>
    minor === null ? "none" : amountText(minor, currency);
  const rows = merchants.map((each) => [
    each.merchant_id,
    each.name,
    each.is_active ? "active" : "inactive",
    cap(each.stay_cap_minor),
    cap(each.month_cap_minor),
    amountText(each.used_this_month_minor, currency),
    amountText(each.owes_minor, currency),
    each.has_token ? "yes" : "no",
  ]);
  const head = ["merchant", "name", "state", "a stay", "a month", "this month", "owes", "token"];
  return ["", table(terminal, head, rows)];
}

export function merchantKeptLines(data: unknown): string[] {
  const { token } = MerchantAnswer.parse(data);
  if (token === null) return [];
  return [`Token, told only now: ${token}`, "Its page: /validate/<merchant>#<token> of the kiosk."];
}
