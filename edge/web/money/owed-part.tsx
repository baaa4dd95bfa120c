import type { DueView } from "@gatehouse/shared/contracts/money";
import { LiveValue } from "../../../shared/web/live-value.tsx";
import { timeText, momentText } from "../format.ts";
import { facility } from "../model.ts";
import { amountText } from "./amounts.ts";
import { payWords } from "./pay-words.ts";
import type { Paying } from "./paying.ts";
import { ruleText } from "./rule-words.ts";

/** What is owed, what it consists of, and what was paid of it. */
export function OwedPart({ paying }: { readonly paying: Paying }) {
  const told = paying.due.value;
  if (told?.kind !== "ok") return <section class="owed">{"\u00A0"}</section>;
  const due = told.value;
  return (
    <section class="owed">
      <h3>{payWords.due}</h3>
      <p class="big-figure">
        <LiveValue text={amountText(due.due_minor)} />
      </p>
      <PriceLines due={due} />
      {due.given_minor > 0 && (
        <p class="quiet">{payWords.givenByMerchants(amountText(due.given_minor))}</p>
      )}
      <Paid paying={paying} />
      {due.owed_in_books_minor < 0 && (
        <p class="quiet">{payWords.owedBack(amountText(-due.owed_in_books_minor))}</p>
      )}
    </section>
  );
}

function PriceLines({ due }: { readonly due: DueView }) {
  const lines = due.lines.filter(({ minor }) => minor !== 0);
  const whole = { rule: "whole", from: "", to: "", minor: due.total_minor };
  return (
    <table class="money-lines">
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.rule} ${line.from} ${line.to}`}>
            <th scope="row">
              {ruleText(line.rule)} <small>{spanText(line)}</small>
            </th>
            <td class="number">{amountText(line.minor)}</td>
          </tr>
        ))}
        {lines.length !== 1 && due.total_minor > 0 && (
          <tr>
            <th scope="row">{payWords.whole}</th>
            <td class="number">{amountText(whole.minor)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Paid({ paying }: { readonly paying: Paying }) {
  const counted = paying.paid.value.filter(({ status }) => accepted.has(status));
  if (counted.length === 0) return null;
  const zone = facility.value?.timezone ?? "UTC";
  return (
    <>
      <h3>{payWords.paidBefore}</h3>
      <table class="money-lines">
        <tbody>
          {counted.map((payment) => (
            <tr key={payment.payment_id}>
              <th scope="row">
                {payWords.methods[payment.method]}{" "}
                <small>{timeText(Date.parse(payment.started_at), zone)}</small>
              </th>
              <td class="number">{amountText(payment.amount_minor - payment.refunded_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Money that counts for its stay. */
const accepted = new Set(["captured", "accepted-offline", "part-refunded"]);

function spanText({ from, to }: { readonly from: string; readonly to: string }): string {
  if (from === to) return "";
  const zone = facility.value?.timezone ?? "UTC";
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const isLong = end - start >= 12 * 3_600_000;
  const text = isLong ? momentText : timeText;
  return `${text(start, zone)} – ${text(end, zone)}`;
}
