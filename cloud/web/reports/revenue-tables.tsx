import type { RevenueReport } from "@gatehouse/shared/contracts/reports/services";
import { countText, dayText, moneyText, percentText, unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { Opens } from "../frame/opens.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { methodText } from "./method-text.ts";
import { revenueWords as words } from "./revenue-words.ts";

type Method = RevenueReport["by_payment_method"][number];
type Day = RevenueReport["by_day"][number];
type Zone = RevenueReport["by_zone"][number];

interface Told {
  readonly told: RevenueReport;
}

/** Amounts of a report, aligned, in its currency. */
const amountIn =
  ({ about }: RevenueReport) =>
  <Row,>(key: string, title: string, minor: (row: Row) => number): Column<Row> => ({
    key: `${key}_minor`,
    title,
    kind: "number",
    value: minor,
    show: (row) => moneyText(minor(row), about.currency === "" ? null : about.currency),
  });

const share = (part: number, whole: number): string =>
  whole === 0 ? unknown : percentText((100 * part) / whole);

/** Each day with its payments, which are one press away. */
export function DayTable({ told }: Told) {
  const amount = amountIn(told);
  const columns: Column<Day>[] = [
    {
      key: "day",
      title: words.day,
      value: ({ day }) => day,
      show: ({ day }) => (
        <a
          href={facilityAddress(told.about.facility_id, "payments", {
            by: "captured",
            from: day,
            to: day,
          })}
        >
          {dayText(day)}
        </a>
      ),
    },
    {
      key: "payments",
      title: words.count,
      kind: "number",
      value: ({ transaction_count }) => transaction_count,
      show: ({ transaction_count }) => countText(transaction_count),
    },
    amount("revenue", words.amount, ({ revenue_minor }) => revenue_minor),
    amount("given_back", words.givenBack, ({ given_back_minor }) => given_back_minor),
  ];
  return (
    <DataTable
      caption={words.byDay}
      columns={columns}
      rows={told.by_day}
      keyOf={({ day }) => day}
      empty={words.nothing}
    />
  );
}

export function MethodTable({ told }: Told) {
  const columns: Column<Method>[] = [
    {
      key: "method",
      title: words.method,
      value: ({ payment_method }) => methodText(payment_method),
    },
    {
      key: "payments",
      title: words.count,
      kind: "number",
      value: ({ count }) => count,
      show: ({ count }) => countText(count),
    },
    amountIn(told)("amount", words.amount, ({ amount_minor }) => amount_minor),
    {
      key: "share_percent",
      title: words.share,
      kind: "number",
      value: ({ amount_minor }) => (100 * amount_minor) / (told.total_revenue_minor || 1),
      show: ({ amount_minor }) => share(amount_minor, told.total_revenue_minor),
    },
  ];
  return (
    <PageSection title={words.byMethod}>
      <DataTable
        caption={words.byMethod}
        columns={columns}
        rows={told.by_payment_method}
        keyOf={({ payment_method }) => payment_method}
        empty={words.nothing}
      />
    </PageSection>
  );
}

export function ZoneTable({ told }: Told) {
  const amount = amountIn(told);
  const columns: Column<Zone>[] = [
    {
      key: "zone",
      title: words.zone,
      value: ({ zone_id, zone_name }) => (zone_id === null ? words.noZone : zone_name),
    },
    amount("revenue", words.amount, ({ revenue_minor }) => revenue_minor),
    amount("measured", words.measured, ({ measured_minor }) => measured_minor),
    amount("shared", words.shared, ({ shared_minor }) => shared_minor),
  ];
  return (
    <PageSection title={words.byZone}>
      <DataTable
        caption={words.byZone}
        columns={columns}
        rows={told.by_zone}
        keyOf={({ zone_id }) => zone_id ?? ""}
        empty={words.nothing}
      />
    </PageSection>
  );
}

/** Refunds, payments that were taken back whole, and lost disputes, each apart. */
export function GivenBack({ told }: Told) {
  const { given_back: back, opens } = told;
  const rows = [
    { kind: "refunds", count: back.refunds, minor: back.refunded_minor, opens: "refunded_minor" },
    {
      kind: "reversals",
      count: back.reversals,
      minor: back.reversed_minor,
      opens: "reversed_minor",
    },
    {
      kind: "charge_backs",
      count: back.charge_backs,
      minor: back.charged_back_minor,
      opens: "charged_back_minor",
    },
  ] as const;
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { key: "what", title: words.what, value: ({ kind }) => words.backKind[kind] },
    {
      key: "payments",
      title: words.count,
      kind: "number",
      value: ({ count }) => count,
      show: ({ count, opens: name }) =>
        count === 0 ? countText(0) : <Opens to={opens[name]}>{countText(count)}</Opens>,
    },
    amountIn(told)("amount", words.amount, ({ minor }) => minor),
  ];
  return (
    <PageSection title={words.back}>
      <DataTable caption={words.back} columns={columns} rows={rows} keyOf={({ kind }) => kind} />
    </PageSection>
  );
}

/** Stored value that was loaded, and what was given up. */
export function NotRevenue({ told }: Told) {
  type Row = RevenueReport["not_revenue"][number];
  if (told.not_revenue.length === 0) return null;
  const columns: Column<Row>[] = [
    { key: "what", title: words.what, value: ({ purpose }) => words.purpose[purpose] ?? purpose },
    {
      key: "method",
      title: words.method,
      value: ({ payment_method }) => methodText(payment_method),
    },
    amountIn(told)("amount", words.amount, ({ amount_minor }) => amount_minor),
  ];
  return (
    <PageSection title={words.notRevenue}>
      <DataTable
        caption={words.notRevenue}
        columns={columns}
        rows={told.not_revenue}
        keyOf={({ purpose, payment_method }) => `${purpose} ${payment_method}`}
      />
    </PageSection>
  );
}
