import type { AccountView, SubscriptionView } from "@gatehouse/shared/contracts/accounts";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ActChoice } from "../act-choice.tsx";
import { momentText } from "../format.ts";
import { useInView } from "../in-view.ts";
import { facility } from "../model.ts";
import { ReasonField } from "../reason-field.tsx";
import { Field, Kind } from "../rights-fields.tsx";
import { accountsWords } from "./accounts-words.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText } from "./amounts.ts";
import type { Fields } from "./fields.ts";
import { askAccounts } from "./money-api.ts";
import { periods, type RenewalAct, type renewalFields } from "./renewal-acts.ts";

type RenewalLines = Fields<(typeof renewalFields)[number]>;

/** One renewal: how it stands, and what can be done about it. */
export function RenewalDetails(props: {
  /** undefined: none is chosen, or a new one is written. */
  readonly renewal: SubscriptionView | undefined;
  readonly acts: readonly RenewalAct[];
  readonly act: RenewalAct | undefined;
  readonly choose: (act: RenewalAct) => void;
  readonly fields: RenewalLines;
}) {
  const { renewal, acts, act, choose, fields } = props;
  const part = useInView(renewal?.subscription_id ?? act);
  if (renewal === undefined && act !== "add")
    return <p class="empty">{accountsWords.chooseRenewal}</p>;
  return (
    <section ref={part} class="right-form payment-details">
      <h3>{renewal?.permit_id ?? accountsWords.newRenewal}</h3>
      {renewal !== undefined && <Facts renewal={renewal} />}
      {acts.length > 0 && (
        <ActChoice
          name="renewal-act"
          acts={acts}
          chosen={act}
          choose={choose}
          texts={accountsWords.renewalActs}
        />
      )}
      {act !== undefined && <p class="quiet">{accountsWords.renewalMeans[act]}</p>}
      {(act === "add" || act === "change") && (
        <Terms
          fields={fields}
          isNew={act === "add"}
          begins={act === "add" || renewal?.state === "cancelled"}
        />
      )}
      {act !== undefined && (
        <ReasonField key={act} reason={fields.reason} usual={accountsWords.renewalReasons[act]} />
      )}
    </section>
  );
}

function Facts({ renewal }: { readonly renewal: SubscriptionView }) {
  const zone = facility.value?.timezone ?? "UTC";
  const when = (iso: string): string => momentText(Date.parse(iso), zone);
  const { state, tries, last_four: digits, owed_minor: owed } = renewal;
  const isRunning = state === "active" || state === "past-due";
  return (
    <p class="vehicle-facts">
      <strong>{accountsWords.price(amountText(renewal.price_minor), renewal.period)}</strong>
      <span>{accountsWords.paidUntil(when(renewal.paid_until))}</span>
      <span>{accountsWords.holdsUntil(when(renewal.holds_until))}</span>
      {isRunning && <span>{accountsWords.askedNext(when(renewal.next_try_at))}</span>}
      {tries > 0 && <span>{accountsWords.tried(tries)}</span>}
      {owed > 0 && <span>{accountsWords.owes(amountText(owed))}</span>}
      <span>{digits === null ? renewal.holder : accountsWords.onFile(renewal.holder, digits)}</span>
    </p>
  );
}

/** A permit is renewed by one subscription for good; what else it is can be changed. */
function Terms(props: {
  readonly fields: RenewalLines;
  readonly isNew: boolean;
  /** What is paid moves by renewals alone once it runs. */
  readonly begins: boolean;
}) {
  const { fields, isNew, begins } = props;
  return (
    <>
      {isNew && <Field label={accountsWords.permit} value={fields.permit} max={64} />}
      <AccountPick chosen={fields.account} />
      <AmountField label={accountsWords.priceOf} value={fields.price} />
      <Field label={accountsWords.tax} value={fields.tax} max={6} />
      <Kind name="period" kinds={periods} value={fields.period} texts={accountsWords.periods} />
      {begins && (
        <Field
          type="datetime-local"
          label={accountsWords.paidUntilField}
          value={fields.paidUntil}
        />
      )}
      <Field label={accountsWords.grace} value={fields.grace} max={2} />
    </>
  );
}

/** Whose account pays. */
function AccountPick({ chosen }: { readonly chosen: Signal<string> }) {
  const accounts = useSignal<readonly AccountView[]>([]);
  useEffect(() => {
    void askAccounts("").then((told) => {
      if (told.kind === "ok") accounts.value = told.value.accounts;
    });
  }, []);
  return (
    <label class="note">
      <span>{accountsWords.paidFrom}</span>
      <select
        value={chosen.value}
        onChange={(event) => void (chosen.value = event.currentTarget.value)}
      >
        <option value="">{accountsWords.pick}</option>
        {accounts.value
          .filter((each) => each.is_active || each.account_id === chosen.value)
          .map((each) => (
            <option key={each.account_id} value={each.account_id}>
              {[each.holder, ...each.plates].join(" · ")}
            </option>
          ))}
      </select>
    </label>
  );
}
