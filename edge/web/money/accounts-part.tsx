import type { AccountsData, AccountView } from "@gatehouse/shared/contracts/accounts";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { ChoiceRow } from "../choice-row.tsx";
import { newRequestId } from "../opening.ts";
import { Field } from "../rights-fields.tsx";
import {
  type AccountAct,
  accountFields,
  actsFor,
  carryOutOn,
  formOf,
  termsIn,
} from "./account-acts.ts";
import { AccountDetails } from "./account-details.tsx";
import { accountsWords } from "./accounts-words.ts";
import { amountText, minorOf } from "./amounts.ts";
import { fieldsOf, fill, writtenIn } from "./fields.ts";
import { KeptFrame, type KeptPartProps } from "./kept-frame.tsx";
import { KeptList, wantedOf } from "./kept-list.tsx";
import { askAccounts } from "./money-api.ts";
import { usePressing } from "./pressing.ts";
import { openTill } from "./tills.ts";

/** More rows than these are found by searching. */
const shownMost = 60;

/** Accounts of stored value: what is on them, what came and went, and what supervisors do with them. */
export function AccountsPart({ me, tabs, kinds }: KeptPartProps) {
  const told = useSignal<Told<AccountsData> | undefined>(undefined);
  const [search, chosen] = [useSignal(""), useSignal("")];
  const act = useSignal<AccountAct | undefined>(undefined);
  const fields = useMemo(() => fieldsOf(accountFields), []);
  const newId = useSignal(newRequestId());
  /** Counts what was done, so that the statement is asked for again. */
  const done = useSignal(0);
  const pressing = usePressing();
  const look = async (): Promise<void> => {
    const wanted = search.value;
    const answer = await askAccounts(wanted.trim());
    // Somebody has typed on meanwhile.
    if (search.value === wanted) told.value = answer;
  };
  useEffect(() => void look(), [search.value]);

  const accounts = told.value?.kind === "ok" ? told.value.value.accounts : [];
  const account = accounts.find(({ account_id: id }) => id === chosen.value);
  const acts = account === undefined ? [] : actsFor(account, me);
  const wanted = wantedOf(act.value, acts, "open");
  const till = openTill.value;
  const choose = (each: AccountView | undefined): void => {
    chosen.value = each?.account_id ?? "";
    fill(fields, each === undefined ? {} : formOf(each));
    act.value = each === undefined ? "open" : undefined;
    [pressing.trouble.value, pressing.said.value] = ["", ""];
  };
  const send = (): void => {
    if (wanted === undefined) return;
    const subject = account ?? { account_id: newId.value, is_active: true };
    void pressing.press(
      (requestId) => carryOutOn(wanted, subject, writtenIn(fields), requestId, till?.till_id),
      () => {
        act.value = undefined;
        [fields.amount.value, fields.reason.value] = ["", ""];
        newId.value = newRequestId();
        chosen.value = subject.account_id;
        done.value += 1;
        void look();
      },
    );
  };
  return (
    <KeptFrame
      tabs={tabs}
      kinds={kinds}
      pressing={pressing}
      told={told.value}
      send={send}
      act={
        wanted === undefined
          ? undefined
          : { text: textOf(wanted, fields.amount.value), missing: missingFor(wanted) }
      }
      list={
        <>
          <Field type="search" label={accountsWords.searchAccounts} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          <KeptList
            me={me}
            told={told.value}
            label={accountsWords.kinds.accounts}
            none={accountsWords.noAccounts}
            count={accounts.length}
            addText={accountsWords.newAccount}
            add={() => choose(undefined)}
          >
            {accounts.slice(0, shownMost).map((each) => (
              <ChoiceRow
                key={each.account_id}
                group="account"
                name={each.holder}
                facts={each.plates}
                isChosen={each.account_id === chosen.value}
                choose={() => choose(each)}
                beside={<Stored account={each} />}
              />
            ))}
          </KeptList>
        </>
      }
      details={
        <AccountDetails
          account={account}
          acts={acts}
          act={wanted}
          choose={(each) => {
            act.value = each;
            fields.reason.value = "";
          }}
          fields={fields}
          version={done.value}
        />
      }
    />
  );

  function missingFor(of: AccountAct): string | undefined {
    const form = writtenIn(fields);
    const { amount, holder, payOut, reason } = form;
    const isCash = of === "load" || (of === "close" && payOut === "till");
    if (isCash && till === undefined) return accountsWords.needsShift;
    if ((of === "load" || of === "charge") && (minorOf(amount) ?? 0) === 0)
      return accountsWords.fillAmount;
    if (of === "open" && holder.trim() === "") return accountsWords.fillHolder;
    if ((of === "open" || of === "change") && termsIn(form) === undefined)
      return accountsWords.fillTerms;
    return of !== "load" && reason.trim() === "" ? accountsWords.sayWhy : undefined;
  }
}

const textOf = (act: AccountAct, amount: string): string =>
  act === "load" || act === "charge"
    ? accountsWords.doLoad[act](amountText(minorOf(amount) ?? 0))
    : accountsWords.doAct[act];

/** What is stored, and whether it can be used. */
function Stored({ account }: { readonly account: AccountView }) {
  return (
    <span class="payment-sum">
      <strong>{amountText(account.balance_minor)}</strong>
      {!account.is_active && (
        <span class="device-state tone-warn">
          <StateMark tone="warn" /> {accountsWords.blocked}
        </span>
      )}
    </span>
  );
}
