import type { SessionStory } from "@gatehouse/shared/contracts/reports/story";
import type { ComponentChildren } from "preact";
import { countText } from "../format.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { Moment, Money } from "../frame/values.tsx";
import { paymentColumns } from "../payments/payment-columns.tsx";
import { paymentTerms } from "../payments/payment-terms.ts";
import { storyWords as words } from "./story-words.ts";

type Refund = SessionStory["refunds"][number];
type Paper = SessionStory["documents"][number];
type Violation = SessionStory["violations"][number];
type Debt = SessionStory["debts"][number];

/** The payments of a session, what went back, its papers, violations and debts; what there is none of is not shown. */
export function StoryMoney({ story }: { readonly story: SessionStory }) {
  const { about, payments } = story;
  const { timezone, currency } = about;
  const when = <Row extends { readonly changed_at: string }>(): Column<Row> => ({
    key: "at",
    title: words.when,
    value: (row) => row.changed_at,
    show: (row) => <Moment at={row.changed_at} timezone={timezone} />,
  });
  const amount = <Row,>(minorOf: (row: Row) => number): Column<Row> => ({
    key: "amount_minor",
    title: words.amount,
    kind: "number",
    value: minorOf,
    show: (row) => <Money minor={minorOf(row)} currency={currency} />,
  });
  const text = <Row,>(
    key: string,
    title: string,
    value: (row: Row) => string | null,
  ): Column<Row> => ({ key, title, value });
  return (
    <>
      <Part title={words.payments} rows={payments}>
        <DataTable
          caption={words.payments}
          columns={paymentColumns(about, "of-session")}
          rows={payments}
          keyOf={({ payment_id }) => payment_id}
        />
      </Part>
      <Part title={words.refunds} rows={story.refunds}>
        <DataTable
          caption={words.refunds}
          columns={[
            when<Refund>(),
            amount<Refund>((row) => row.amount_minor),
            text<Refund>(
              "status",
              words.state,
              ({ status }) => paymentTerms.refund[status] ?? status,
            ),
            text<Refund>("reason", words.reason, ({ reason }) => reason),
            text<Refund>("requested_by", words.askedBy, ({ requested_by }) => requested_by),
            text<Refund>("approved_by", words.agreedBy, ({ approved_by }) => approved_by),
          ]}
          rows={story.refunds}
          keyOf={({ refund_id }) => refund_id}
        />
      </Part>
      <Part title={words.papers} rows={story.documents}>
        <DataTable
          caption={words.papers}
          columns={[
            {
              key: "number",
              title: words.paper,
              value: ({ kind, number }) => `${kind} ${number}`,
              show: ({ kind, number, address }) => (
                <a href={address} target="_blank" rel="noreferrer">
                  {paymentTerms.document[kind] ?? kind} {countText(number)}
                </a>
              ),
            },
            {
              key: "issued_at",
              title: words.when,
              value: ({ issued_at }) => issued_at,
              show: ({ issued_at }) => <Moment at={issued_at} timezone={timezone} />,
            },
            text<Paper>("device_id", words.device, ({ device_id }) => device_id),
          ]}
          rows={story.documents}
          keyOf={({ document_id }) => document_id}
        />
      </Part>
      <Part title={words.violations} rows={story.violations}>
        <DataTable
          caption={words.violations}
          columns={[
            text<Violation>(
              "violation_type",
              words.violation,
              (row) => paymentTerms.violation[row.violation_type] ?? row.violation_type,
            ),
            when<Violation>(),
            amount<Violation>((row) => row.penalty_minor),
            text<Violation>(
              "status",
              words.state,
              ({ status }) => paymentTerms.penalty[status] ?? status,
            ),
            text<Violation>("reason", words.reason, ({ reason }) => reason),
          ]}
          rows={story.violations}
          keyOf={({ violation_id }) => violation_id}
        />
      </Part>
      <Part title={words.debts} rows={story.debts}>
        <DataTable
          caption={words.debts}
          columns={[
            when<Debt>(),
            amount<Debt>((row) => row.amount_minor),
            text<Debt>("state", words.state, ({ state }) => paymentTerms.debt[state] ?? state),
            text<Debt>("reason", words.reason, ({ reason }) => reason),
          ]}
          rows={story.debts}
          keyOf={({ note_id }) => note_id}
        />
      </Part>
    </>
  );
}

function Part({
  title,
  rows,
  children,
}: {
  readonly title: string;
  readonly rows: readonly unknown[];
  readonly children: ComponentChildren;
}) {
  if (rows.length === 0) return null;
  return <PageSection title={title}>{children}</PageSection>;
}
