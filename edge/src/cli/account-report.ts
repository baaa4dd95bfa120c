import {
  AccountsData,
  StatementData,
  SubscriptionsData,
} from "@gatehouse/shared/contracts/accounts";
import { amountText } from "./amounts.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export function accountLines(data: unknown, terminal: Terminal): string[] {
  const { accounts, currency } = AccountsData.parse(data);
  if (accounts.length === 0) return [];
  const rows = accounts.map((each) => [
    each.account_id,
    each.holder,
    each.is_active ? "active" : "blocked",
    amountText(each.balance_minor, currency),
    each.plates.join(" ") || "–",
    meansText(each),
    each.top_up === null
      ? "never"
      : `${amountText(each.top_up.load_minor, currency)} below ${amountText(each.top_up.below_minor, currency)}`,
  ]);
  const head = ["account", "holder", "state", "stored", "plates", "on file", "loads itself"];
  return ["", table(terminal, head, rows)];
}

export function statementLines(data: unknown, terminal: Terminal): string[] {
  const { account, currency, lines, has_more: hasMore } = StatementData.parse(data);
  const rows = lines.map((line) => [
    line.at,
    line.kind.replaceAll("-", " "),
    line.method ?? "–",
    line.plate ?? "–",
    amountText(line.minor, currency),
    amountText(line.balance_minor, currency),
    line.payment_id ?? "–",
  ]);
  const head = ["at (UTC)", "what", "means", "plate", "amount", "stored then", "payment"];
  const stored = `${amountText(account.balance_minor, currency)} are stored.`;
  if (rows.length === 0) return [stored];
  const more = hasMore ? ["", "Older movements are left out."] : [];
  return [stored, "", table(terminal, head, rows), ...more];
}

export function subscriptionLines(data: unknown, terminal: Terminal): string[] {
  const { subscriptions, currency } = SubscriptionsData.parse(data);
  if (subscriptions.length === 0) return [];
  const rows = subscriptions.map((each) => [
    each.subscription_id,
    each.permit_id,
    `${each.holder}${each.last_four === null ? "" : ` …${each.last_four}`}`,
    `${amountText(each.price_minor, currency)} a ${each.period}`,
    each.tries === 0 ? each.state : `${each.state}, tried ${each.tries} times`,
    each.paid_until,
    each.state === "active" || each.state === "past-due" ? each.next_try_at : "–",
  ]);
  const head = ["subscription", "permit", "paid by", "price", "state", "paid until", "asked next"];
  return ["", table(terminal, head, rows)];
}

const meansText = ({ gateway, last_four: lastFour }: AccountsData["accounts"][number]): string =>
  gateway === null ? "–" : lastFour === null ? gateway : `${gateway} …${lastFour}`;
