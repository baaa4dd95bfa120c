import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import type { PaymentRow } from "@gatehouse/shared/contracts/reports/services";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { facilityAddress } from "../frame/address.ts";
import type { Column } from "../frame/data-table.tsx";
import { Moment, Money } from "../frame/values.tsx";
import { methodText } from "../reports/method-text.ts";
import { paymentTerms } from "./payment-terms.ts";
import { paymentWords as words } from "./payment-words.ts";

/** What a table of payments shows; in a session's own page nothing leads back to it. */
export function paymentColumns(
  about: ReportAbout,
  place: "of-session" | "list",
): readonly Column<PaymentRow>[] {
  const { facility_id, timezone, currency } = about;
  const columns: readonly Column<PaymentRow>[] = [
    {
      key: "started_at",
      title: words.started,
      value: (row) => row.started_at ?? row.processed_at,
      show: (row) => <Moment at={row.started_at ?? row.processed_at} timezone={timezone} />,
    },
    {
      key: "amount",
      title: words.amount,
      kind: "number",
      value: (row) => row.amount,
      show: (row) => <Money minor={row.amount_minor} currency={currency} />,
    },
    {
      key: "payment_method",
      title: words.method,
      value: (row) => row.payment_method,
      show: (row) => methodText(row.payment_method),
    },
    {
      key: "status",
      title: words.status,
      value: (row) => row.status,
      show: (row) => <PaymentStatus status={row.status} />,
    },
    {
      key: "purpose",
      title: words.purpose,
      value: (row) => row.purpose,
      show: (row) => paymentTerms.purpose[row.purpose] ?? row.purpose,
    },
    {
      key: "refunded_minor",
      title: words.refunded,
      kind: "number",
      value: (row) => row.refunded_minor,
      show: (row) =>
        row.refunded_minor === 0 ? "" : <Money minor={row.refunded_minor} currency={currency} />,
    },
    { key: "terminal_id", title: words.terminal, value: (row) => row.terminal_id },
    {
      key: "card_last_four",
      title: words.card,
      value: (row) => row.card_last_four,
      show: (row) => (row.card_last_four === null ? "" : words.cardEnds(row.card_last_four)),
    },
  ];
  if (place === "of-session") return columns;
  return [
    ...columns,
    {
      key: "session_id",
      title: words.session,
      value: (row) => row.session_id,
      show: (row) =>
        row.session_id === null ? (
          ""
        ) : (
          <a href={facilityAddress(facility_id, "session", { id: row.session_id })}>
            {words.openSession}
          </a>
        ),
    },
  ];
}

const tones: Readonly<Record<string, Tone>> = {
  captured: "ok",
  declined: "warn",
  unknown: "bad",
  reversed: "unknown",
  disputed: "bad",
  "charged-back": "bad",
};

/** What became of a payment. */
export function PaymentStatus({ status }: { readonly status: string }) {
  return (
    <>
      <StateMark tone={tones[status] ?? "unknown"} /> {paymentTerms.status[status] ?? status}
    </>
  );
}
