import type { AccountingConfig } from "@gatehouse/shared/contracts/till-config";
import type { Account } from "./chart.ts";
import type { JournalLine } from "./journal.ts";

/*
 * Numbers of DATEV's chart SKR 03. They are a beginning: a bookkeeper looks at each, above all at those of revenue,
 * which must fit the facility's tax rates, and at `write-offs` and `cash-difference`.
 */
const skr03: Readonly<Record<Account, string>> = {
  receivable: "1410",
  "merchant-receivable": "1400",
  drawer: "1000",
  "cash-in-transit": "1360",
  "card-clearing": "1361",
  "online-clearing": "1362",
  "offline-clearing": "1363",
  disputed: "1460",
  "stored-value": "1718",
  "change-owed": "1700",
  tax: "1770",
  revenue: "8000",
  refunds: "8700",
  penalties: "2700",
  "write-offs": "2400",
  "cash-difference": "2300",
  chargebacks: "2405",
  bank: "1200",
};

/** Accounts that calculate the tax of their rate (percent) by themselves. */
const revenueByRate: Readonly<Record<string, string>> = { "19": "8400", "7": "8300", "0": "8200" };
const refundsByRate: Readonly<Record<string, string>> = { "19": "8720", "7": "8710", "0": "8700" };

const rateOf = ({ ratePpm }: JournalLine): string =>
  ratePpm === null ? "" : String(ratePpm / 10_000);

/** The number that a line's account has for the bookkeeper, filled up to the chart's number of digits. */
export function accountNumber(line: JournalLine, rules: AccountingConfig): string {
  const rate = rateOf(line);
  const byRate =
    line.account === "revenue"
      ? (rules.revenue_by_rate[rate] ??
        (rules.accounts["revenue"] ? undefined : revenueByRate[rate]))
      : line.account === "refunds"
        ? (rules.refunds_by_rate[rate] ??
          (rules.accounts["refunds"] ? undefined : refundsByRate[rate]))
        : undefined;
  const number = byRate ?? rules.accounts[line.account] ?? skr03[line.account];
  return number.padEnd(rules.account_digits, "0");
}

/** The tax key of a line of revenue; undefined where its account calculates the tax itself. */
export const taxKey = (line: JournalLine, rules: AccountingConfig): string | undefined =>
  line.account === "revenue" || line.account === "refunds"
    ? rules.tax_keys[rateOf(line)]
    : undefined;
