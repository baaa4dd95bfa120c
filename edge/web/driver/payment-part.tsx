import type { DriverPayment } from "@gatehouse/shared/contracts/driver-pay";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { Leaving } from "./leaving.tsx";
import { backToStay, startAgain } from "./paying.ts";
import { amountText, words } from "./words.ts";

/** What became of the payment that this phone began. */
export function PaymentPart({ payment }: { readonly payment: DriverPayment }) {
  switch (payment.state) {
    case "waiting":
      return <Waiting payment={payment} />;
    case "paid":
      return <Paid payment={payment} />;
    case "declined":
      return (
        <Ended
          tone="warn"
          title={words.declinedTitle}
          text={words.declinedText}
          payment={payment}
        />
      );
    case "returned":
      return (
        <Ended
          tone="calm"
          title={words.returnedTitle}
          text={words.returnedText}
          payment={payment}
        />
      );
  }
}

interface PartProps {
  readonly payment: DriverPayment;
}

function Waiting({ payment: { url, amount_minor, currency } }: PartProps) {
  return (
    <>
      <section class="driver-stay" aria-live="polite">
        <h2>
          <StateMark tone="unknown" /> {words.waitingTitle}
        </h2>
        <p>{words.waitingText}</p>
      </section>
      <section class="driver-acts">
        {url !== null && (
          <a class="button primary" href={url} rel="noreferrer">
            {words.goOn(amountText(amount_minor, currency))}
          </a>
        )}
        <button type="button" class="button" onClick={() => void backToStay()}>
          {words.back}
        </button>
      </section>
    </>
  );
}

function Paid({ payment }: PartProps) {
  const { amount_minor, currency, due_minor: due, leave_within_s: seconds, receipt } = payment;
  return (
    <>
      <section class="driver-stay" aria-live="polite">
        <h2>
          <StateMark tone="ok" /> {words.paidTitle(amountText(amount_minor, currency))}
        </h2>
        {due > 0 ? (
          <p class="driver-notice tone-back-warn">
            <StateMark tone="warn" /> {words.stillDue(amountText(due, currency))}
          </p>
        ) : (
          <>
            <Leaving seconds={seconds} />
            {seconds !== null && <p>{words.driveOut}</p>}
          </>
        )}
      </section>
      <section class="driver-acts">
        {receipt !== null && (
          <a class="button primary" href={receipt}>
            {words.receipt}
          </a>
        )}
        <button type="button" class="button" onClick={() => void backToStay()}>
          {words.lookAgain}
        </button>
      </section>
      <button type="button" class="link" onClick={startAgain}>
        {words.otherVehicle}
      </button>
    </>
  );
}

function Ended(
  props: PartProps & { readonly tone: Tone; readonly title: string; readonly text: string },
) {
  const { tone, title, text, payment } = props;
  return (
    <>
      <section class="driver-stay" aria-live="polite">
        <h2>
          <StateMark tone={tone} /> {title}
        </h2>
        <p>{text}</p>
      </section>
      <section class="driver-acts">
        <button
          type="button"
          class={payment.due_minor > 0 ? "button primary" : "button"}
          onClick={() => void backToStay()}
        >
          {words.back}
        </button>
      </section>
    </>
  );
}
