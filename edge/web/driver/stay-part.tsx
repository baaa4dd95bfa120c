import type { DriverDue } from "@gatehouse/shared/contracts/driver-pay";
import { useEffect } from "preact/hooks";
import { durationText } from "../../../shared/web/duration.ts";
import { ruleText } from "../money/rule-words.ts";
import { CodeForm } from "./code-form.tsx";
import { Leaving } from "./leaving.tsx";
import { isAsking, look, pay, startAgain, trouble, written } from "./paying.ts";
import { Trouble } from "./trouble.tsx";
import { amountText, words } from "./words.ts";

/** The price of a vehicle that is inside rises; it is asked for again so often. */
const lookAgainMs = 60_000;

/** What is owed for the stay, what it is made of, and one button for each way to pay. */
export function StayPart(props: { readonly due: DriverDue; readonly gateways: readonly string[] }) {
  const { due, gateways } = props;
  useEffect(() => {
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => clearInterval(timer);
  }, []);
  const { stay, minutes, currency, due_minor: owed } = due;
  const amount = amountText(owed, currency);
  return (
    <>
      <section class="driver-stay">
        <p class="driver-whose">{written.value.trim().toUpperCase()}</p>
        <p class="quiet">{words[stay](durationText(minutes * 60_000))}</p>
        <h2>{words.due}</h2>
        <p class="driver-amount">{amount}</p>
        <PriceLines due={due} />
        {owed === 0 && <Leaving seconds={due.leave_within_s} />}
      </section>
      {owed > 0 && (
        <section class="driver-acts">
          {gateways.map((gateway, index) => (
            <button
              key={gateway}
              type="button"
              class={index === 0 ? "button primary" : "button"}
              disabled={isAsking.value}
              onClick={() => void pay(gateway)}
            >
              {isAsking.value
                ? words.goingThere
                : gateways.length === 1
                  ? words.pay(amount)
                  : words.payBy(amount, gateway)}
            </button>
          ))}
          <p class="quiet">{gateways.length === 0 ? words.noGateway : words.safe}</p>
          <Trouble told={trouble.value} />
        </section>
      )}
      {owed > 0 && due.stay === "inside" && <CodeForm />}
      <button type="button" class="link" onClick={startAgain}>
        {words.otherVehicle}
      </button>
    </>
  );
}

/** Whatever there is to see beside the amount: the price's own lines, what was paid, what a shop gives. */
function PriceLines({ due }: { readonly due: DriverDue }) {
  const { currency, total_minor: total, paid_minor: paid, given_minor: given } = due;
  const lines = due.lines.filter(({ minor }) => minor !== 0);
  const rows: readonly (readonly [string, number])[] = [
    ...lines.map(({ rule, minor }) => [ruleText(rule), minor] as const),
    ...(lines.length !== 1 && (lines.length > 0 || total !== due.due_minor)
      ? [[words.whole, total] as const]
      : []),
    ...(paid > 0 ? [[words.paid, -paid] as const] : []),
    ...(given > 0 ? [[words.given, -given] as const] : []),
  ];
  if (rows.length === 0) return null;
  return (
    <table class="driver-lines">
      <tbody>
        {rows.map(([name, minor], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{amountText(minor, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
