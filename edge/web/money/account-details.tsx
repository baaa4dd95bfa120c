import type { AccountView } from "@gatehouse/shared/contracts/accounts";
import { ActChoice } from "../act-choice.tsx";
import { useInView } from "../in-view.ts";
import { ReasonField } from "../reason-field.tsx";
import { Field, Kind } from "../rights-fields.tsx";
import { type AccountAct, type accountFields, payOuts } from "./account-acts.ts";
import { AccountStatement } from "./account-statement.tsx";
import { accountsWords } from "./accounts-words.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText } from "./amounts.ts";
import type { Fields } from "./fields.ts";

type AccountField = (typeof accountFields)[number];

/** One account: what is on it, what came and went, and what can be done about it. */
export function AccountDetails(props: {
  /** undefined: none is chosen, or a new one is written. */
  readonly account: AccountView | undefined;
  readonly acts: readonly AccountAct[];
  readonly act: AccountAct | undefined;
  readonly choose: (act: AccountAct) => void;
  readonly fields: Fields<AccountField>;
  /** Another number: what came and went is asked for again. */
  readonly version: number;
}) {
  const { account, acts, act, choose, fields, version } = props;
  const part = useInView(account?.account_id ?? act);
  if (account === undefined && act !== "open")
    return <p class="empty">{accountsWords.chooseAccount}</p>;
  return (
    <section ref={part} class="right-form payment-details">
      <h3>{account?.holder ?? accountsWords.newAccount}</h3>
      {account !== undefined && <Facts account={account} />}
      {acts.length > 0 && (
        <ActChoice
          name="account-act"
          acts={acts}
          chosen={act}
          choose={choose}
          texts={accountsWords.acts}
        />
      )}
      {act !== undefined && <p class="quiet">{accountsWords.actMeans[act]}</p>}
      {act !== undefined && <ActFields act={act} fields={fields} />}
      {account !== undefined && act === undefined && (
        <AccountStatement key={`${account.account_id} ${version}`} accountId={account.account_id} />
      )}
    </section>
  );
}

function Facts({ account }: { readonly account: AccountView }) {
  const { gateway, last_four: digits, top_up: topUp, floor_limit_minor: floor } = account;
  return (
    <p class="vehicle-facts">
      <strong>{accountsWords.stored(amountText(account.balance_minor))}</strong>
      {!account.is_active && <span>{accountsWords.blocked}</span>}
      {gateway !== null && <span>{accountsWords.onFile(gateway, digits)}</span>}
      {topUp !== null && (
        <span>
          {accountsWords.loadsItself(amountText(topUp.load_minor), amountText(topUp.below_minor))}
        </span>
      )}
      {floor > 0 && <span>{accountsWords.floor(amountText(floor))}</span>}
    </p>
  );
}

function ActFields({
  act,
  fields,
}: {
  readonly act: AccountAct;
  readonly fields: Fields<AccountField>;
}) {
  const isKept = act === "open" || act === "change";
  return (
    <>
      {isKept && (
        <>
          <Field label={accountsWords.holder} value={fields.holder} max={100} />
          <Field label={accountsWords.plates} value={fields.plates} max={200} />
          <AmountField label={accountsWords.floorLimit} value={fields.floorLimit} />
          <AmountField label={accountsWords.loadBelow} value={fields.loadBelow} />
          <AmountField label={accountsWords.loadBy} value={fields.loadBy} />
        </>
      )}
      {(act === "load" || act === "charge") && (
        <AmountField label={accountsWords.amount} value={fields.amount} />
      )}
      {act === "close" && (
        <Kind name="pay-out" kinds={payOuts} value={fields.payOut} texts={accountsWords.payOuts} />
      )}
      {act !== "load" && (
        <ReasonField key={act} reason={fields.reason} usual={accountsWords.reasons[act]} />
      )}
    </>
  );
}
