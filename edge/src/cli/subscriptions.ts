import { type SubscriptionAct, subscriptionActs } from "@gatehouse/shared/contracts/accounts";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type AccountTools, reasoned, type Who } from "./account-tools.ts";
import { amountOption } from "./amounts.ts";

interface SubscriptionOptions extends Who {
  readonly permit: string;
  readonly account: string;
  readonly price: number;
  readonly period: "week" | "month" | "year";
  readonly paidUntil: string;
  readonly tax: number;
  readonly graceDays: number;
}

const means: Readonly<Record<SubscriptionAct, string>> = {
  pause: "asks for nothing until it is resumed; the permit holds as far as it is paid",
  resume: "renews the permit again; what was not paid meanwhile is nobody's debt",
  cancel: "renews the permit no more; it holds as far as it is paid",
  charge: "asks for what is due now, from the account or its means on file",
};

/** `subscription list|add|pause|resume|cancel|charge`. */
export function addSubscriptionCommands(program: Command, tools: AccountTools): void {
  const { ask, random } = tools;
  const subscription = program
    .command("subscription")
    .description("permits that are paid by the period and renew themselves");
  subscription
    .command("list")
    .description("those that end soonest first; exit code 1 when one is not paid")
    .action((_options, command: Command) => ask(command, { verb: "subscription-list" }));
  reasoned(
    subscription
      .command("add <subscription>")
      .description("has a permit renewed, or changes how a known one is"),
    tools,
  )
    .requiredOption("--permit <id>", "the permit that it renews")
    .requiredOption("--account <id>", "the account that pays")
    .requiredOption("--price <minor>", "for one period, tax included", amountOption)
    .addOption(new Option("--period <period>").choices(["week", "month", "year"]).default("month"))
    .requiredOption(
      "--paid-until <time>",
      "it is paid until then, as 2026-12-01T00:00:00Z",
      momentOf,
    )
    .option("--tax <percent>", "inside the price", percentOf, 0)
    .option("--grace-days <days>", "it holds so long unpaid", daysOf, 7)
    .action((subscription_id: string, told: SubscriptionOptions, command: Command) =>
      ask(command, {
        verb: "subscription-add",
        request_id: random.id(),
        reason: told.reason,
        actor: told.actor,
        subscription_id,
        permit_id: told.permit,
        account_id: told.account,
        price_minor: told.price,
        rate_ppm: told.tax,
        period: told.period,
        paid_until: told.paidUntil,
        grace_days: told.graceDays,
      }),
    );
  for (const act of subscriptionActs)
    reasoned(subscription.command(`${act} <subscription>`).description(means[act]), tools).action(
      (subscription_id: string, { reason, actor }: Who, command: Command) => {
        const wish = { request_id: random.id(), reason, actor };
        return ask(command, { verb: "subscription-act", subscription_id, act, ...wish });
      },
    );
}

function momentOf(text: string): string {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new InvalidArgumentError("a time as 2026-12-01T00:00:00Z");
  return new Date(moment).toISOString();
}

/** @returns parts per million */
function percentOf(text: string): number {
  const ppm = Number(text) * 10_000;
  if (Number.isInteger(ppm) && ppm >= 0 && ppm <= 1_000_000) return ppm;
  throw new InvalidArgumentError("a percentage, for example 19");
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 0 && days <= 60) return days;
  throw new InvalidArgumentError("a whole number of days from 0 to 60");
}
