import { PaymentAnalytics, PaymentPage } from "@gatehouse/shared/contracts/reports/services";
import { paymentMethods, paymentPurposes } from "@gatehouse/shared/contracts/money-terms";
import { countText, moneyText } from "../format.ts";
import { facilityAddress, type Question } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { type Filter, Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { Opens } from "../frame/opens.tsx";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { PeriodPicker } from "../frame/period-picker.tsx";
import { periodOf } from "../frame/period.ts";
import { PageSection } from "../frame/page-section.tsx";
import { Money } from "../frame/values.tsx";
import { moneyWords } from "../money-words.ts";
import { methodText } from "../reports/method-text.ts";
import { reportPath } from "../reports/report-path.ts";
import { onlyThese, wholeDays } from "../sessions/asked-days.ts";
import { paymentColumns, PaymentStatus } from "./payment-columns.tsx";
import { paymentTerms } from "./payment-terms.ts";
import { paymentWords as words } from "./payment-words.ts";

/** What makes of the page a list: a link from a number names one of them. */
const narrows = ["by", "method", "purpose", "lane", "state", "session_id", "list"] as const;

/** How was paid on some days, and any payment by what one knows of it. */
export function PaymentsPage(props: FacilityPageProps) {
  const isList = narrows.some((name) => props.question[name] !== undefined);
  return isList ? <PaymentList {...props} /> : <PaymentSums {...props} />;
}

function PaymentSums({ facility, question }: FacilityPageProps) {
  const period = periodOf(question, facility.today);
  const { from, to } = period;
  const answer = useAnswer(
    reportPath(facility.facilityId, "payments", { from, to }),
    PaymentAnalytics,
  );
  const told = answer.value;
  const listAddress = (more: Question): string =>
    facilityAddress(facility.facilityId, "payments", { from, to, ...more });
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={told && sentenceOf(told)}
      >
        <PeriodPicker period={period} />
      </ReportHead>
      <Answered answer={answer} skeleton="figures">
        {(payments) => {
          const { currency } = payments.about;
          return (
            <>
              <FigureList
                figures={[
                  {
                    label: words.total,
                    value: (
                      <Opens to={payments.opens["total_revenue"]}>
                        <Money minor={payments.total_revenue_minor} currency={currency} />
                      </Opens>
                    ),
                  },
                  {
                    label: words.average,
                    value: <Money minor={payments.average_payment_minor} currency={currency} />,
                  },
                ]}
              />
              <div class="charts">
                <PageSection title={words.byMethod}>
                  <DataTable
                    caption={words.byMethod}
                    columns={[
                      {
                        key: "payment_method",
                        title: words.method,
                        value: (row) => row.payment_method,
                        show: ({ payment_method }) => (
                          <a href={listAddress({ by: "captured", method: payment_method })}>
                            {methodText(payment_method)}
                          </a>
                        ),
                      },
                      {
                        key: "count",
                        title: words.count,
                        kind: "number",
                        value: (row) => row.count,
                        show: ({ count }) => countText(count),
                      },
                      {
                        key: "amount",
                        title: words.amount,
                        kind: "number",
                        value: (row) => row.amount,
                        show: (row) => <Money minor={row.amount_minor} currency={currency} />,
                      },
                    ]}
                    rows={payments.by_payment_method}
                    keyOf={({ payment_method }) => payment_method}
                    empty={words.nothing}
                  />
                </PageSection>
                <PageSection title={words.byStatus}>
                  <DataTable
                    caption={words.byStatus}
                    columns={[
                      {
                        key: "status",
                        title: words.status,
                        value: (row) => row.status,
                        show: ({ status }) => (
                          <a href={listAddress({ by: "started", state: status })}>
                            <PaymentStatus status={status} />
                          </a>
                        ),
                      },
                      {
                        key: "count",
                        title: words.count,
                        kind: "number",
                        value: (row) => row.count,
                        show: ({ count }) => countText(count),
                      },
                      {
                        key: "amount_minor",
                        title: words.amount,
                        kind: "number",
                        value: (row) => row.amount_minor,
                        show: (row) => <Money minor={row.amount_minor} currency={currency} />,
                      },
                    ]}
                    rows={payments.by_status}
                    keyOf={({ status }) => status}
                    empty={words.nothing}
                  />
                </PageSection>
              </div>
              <PageSection title={words.last}>
                <DataTable
                  caption={words.last}
                  columns={paymentColumns(payments.about, "list")}
                  rows={payments.recent_payments}
                  keyOf={({ payment_id }) => payment_id}
                  empty={words.none}
                />
                <a href={listAddress({ list: "all" })}>{words.list}</a>
              </PageSection>
            </>
          );
        }}
      </Answered>
    </>
  );
}

const sentenceOf = (told: PaymentAnalytics): string => {
  const count = told.by_payment_method.reduce((sum, row) => sum + row.count, 0);
  return count === 0
    ? words.nothing
    : words.sentence(
        moneyText(told.total_revenue_minor, told.about.currency),
        countText(count),
        count === 1,
      );
};

function PaymentList({ facility, question }: FacilityPageProps) {
  const { first, rows, more, isAskingMore } = usePages(
    reportPath(facility.facilityId, "payment-list", {
      ...onlyThese(question, ["by", "method", "purpose", "lane", "state", "session_id"]),
      ...wholeDays(question, facility.today),
    }),
    PaymentPage,
    (page) => page.payments,
  );
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.listTitle}
        about={first.value?.about}
        definition={words.definition}
        sentence={
          first.value &&
          words.listShown(countText(rows.length), more !== undefined, rows.length === 1)
        }
      />
      <Filters
        question={question}
        filters={filters}
        others={{ session_id: words.ofSession, lane: words.ofLane }}
      />
      <Answered answer={first}>
        {({ about }) => (
          <DataTable
            caption={`${words.name} ${facility.name}`}
            columns={paymentColumns(about, "list")}
            rows={rows}
            keyOf={({ payment_id }) => payment_id}
            empty={words.none}
            isSortable={more === undefined}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}

const choices = (values: readonly string[], named: Readonly<Record<string, string>>) =>
  values.map((value) => ({ value, label: named[value] ?? value }));

const filters: readonly Filter[] = [
  { name: "from", label: words.from, kind: "date" },
  { name: "to", label: words.to, kind: "date" },
  {
    name: "by",
    label: words.by,
    kind: "choice",
    choices: choices(Object.keys(words.byChoice), words.byChoice),
  },
  {
    name: "method",
    label: words.method,
    kind: "choice",
    choices: choices(paymentMethods, moneyWords.methods),
  },
  {
    name: "state",
    label: words.status,
    kind: "choice",
    choices: choices(Object.keys(paymentTerms.status), paymentTerms.status),
  },
  {
    name: "purpose",
    label: words.purpose,
    kind: "choice",
    choices: choices(paymentPurposes, paymentTerms.purpose),
  },
];
