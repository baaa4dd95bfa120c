import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { LiveValue } from "../../shared/web/live-value.tsx";
import { countText, dayText, momentText, moneyText, rateText } from "./format.ts";
import { moneyWords as words } from "./money-words.ts";

/** What was taken today and how, the tax in it, what is owed, and the last report of each drawer. */
export function Money({ detail }: { readonly detail: FacilityDetail }) {
  const { money, summary } = detail;
  const { facts_until, timezone, ledger, currency } = summary;
  const toCome = ledger.written === null ? 0 : ledger.written - ledger.acked;
  const { open, owed_minor } = money.debts;
  return (
    <section class="money">
      <h3>{words.money(dayText(money.day))}</h3>
      {facts_until !== null && (
        <p class="quiet">
          {words.asHeld(momentText(facts_until, timezone))}
          {toCome > 0 && ` ${words.stillToCome(countText(toCome))}`}
        </p>
      )}
      {money.methods.length === 0 ? <p class="empty">{words.nothingTaken}</p> : null}
      {money.methods.length > 0 && <Methods detail={detail} />}
      {money.rates.length > 0 && <Rates detail={detail} />}
      <p>
        <strong>{words.openDebts}:</strong>{" "}
        {open === 0
          ? words.noDebts
          : words.debts(countText(open), moneyText(owed_minor, currency), open === 1)}
      </p>
      {money.shifts.length > 0 && <LastReports detail={detail} />}
    </section>
  );
}

function Methods({ detail: { money, summary } }: { readonly detail: FacilityDetail }) {
  const amount = (minor: number): string => moneyText(minor, summary.currency);
  return (
    <table>
      <thead>
        <tr>
          <th>{words.method}</th>
          <th class="number">{words.payments}</th>
          <th class="number">{words.taken}</th>
          <th class="number">{words.givenBack}</th>
        </tr>
      </thead>
      <tbody>
        {money.methods.map(({ method, count, taken_minor, given_back_minor }) => (
          <tr key={method}>
            <th scope="row">{method === null ? words.someMethod : words.methods[method]}</th>
            <td class="number">
              <LiveValue text={countText(count)} />
            </td>
            <td class="number">
              <LiveValue text={amount(taken_minor)} />
            </td>
            <td class="number">
              <LiveValue text={amount(given_back_minor)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rates({ detail: { money, summary } }: { readonly detail: FacilityDetail }) {
  const amount = (minor: number): string => moneyText(minor, summary.currency);
  return (
    <table>
      <thead>
        <tr>
          <th>{words.tax}</th>
          <th class="number">{words.net}</th>
          <th class="number">{words.tax}</th>
        </tr>
      </thead>
      <tbody>
        {money.rates.map(({ rate_ppm, net_minor, tax_minor }) => (
          <tr key={rate_ppm}>
            <th scope="row">{rate_ppm === null ? words.noRate : words.rate(rateText(rate_ppm))}</th>
            <td class="number">
              <LiveValue text={amount(net_minor)} />
            </td>
            <td class="number">
              <LiveValue text={amount(tax_minor)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastReports({ detail: { money, summary } }: { readonly detail: FacilityDetail }) {
  const { currency, timezone } = summary;
  return (
    <table>
      <caption>{words.lastReports}</caption>
      <thead>
        <tr>
          <th>{words.drawer}</th>
          <th class="number">{words.counted}</th>
          <th class="number">{words.difference}</th>
        </tr>
      </thead>
      <tbody>
        {money.shifts.map((shift) => (
          <tr key={shift.drawer_id}>
            <th scope="row">
              {shift.drawer_id}{" "}
              <small>
                {words.report} {countText(shift.z_number)}, {shift.operator},{" "}
                {momentText(shift.closed_at, timezone)}
              </small>
            </th>
            <td class="number">{moneyText(shift.counted_minor, currency)}</td>
            <td class="number">{moneyText(shift.difference_minor, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
