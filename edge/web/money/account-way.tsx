import type { AccountView } from "@gatehouse/shared/contracts/accounts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field } from "../rights-fields.tsx";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { askAccounts, payByValue } from "./money-api.ts";
import { PayFrame, type WayProps } from "./pay-frame.tsx";
import { payWords } from "./pay-words.ts";

const shownMost = 20;

/** From an account of stored value, whosever it is: its holder says so at the desk. */
export function AccountWay({ paying, way }: WayProps) {
  const told = paying.due.value;
  const plate = told?.kind === "ok" ? (told.value.plate ?? "") : "";
  const search = useSignal(plate);
  const accounts = useSignal<readonly AccountView[]>([]);
  const chosen = useSignal("");
  useEffect(() => {
    const wanted = search.value;
    void askAccounts(wanted.trim()).then((answer) => {
      // Somebody has typed on meanwhile.
      if (answer.kind === "ok" && search.value === wanted)
        accounts.value = answer.value.accounts.filter((each) => each.is_active);
    });
  }, [search.value]);
  const account = accounts.value.find(({ account_id: id }) => id === chosen.value);
  const amount = Math.min(paying.dueMinor, account?.balance_minor ?? paying.dueMinor);
  return (
    <PayFrame
      paying={paying}
      way={way}
      act={{
        text: payWords.takeValue(amountText(amount)),
        isPossible: account !== undefined && account.balance_minor > 0,
        press: () =>
          void paying.pay(() => payByValue({ ...paying.payable, account_id: chosen.value })),
      }}
      hint={"\u00A0"}
    >
      <div class="whole-line">
        <Field type="search" label={payWords.account} value={search} max={64} />
      </div>
      {accounts.value.length === 0 && <p class="empty">{payWords.noAccounts}</p>}
      <ul class="scroll-list" role="radiogroup" aria-label={payWords.ways.account}>
        {accounts.value.slice(0, shownMost).map((each) => (
          <ChoiceRow
            key={each.account_id}
            group="account"
            name={each.holder}
            facts={each.plates}
            isChosen={chosen.value === each.account_id}
            choose={() => (chosen.value = each.account_id)}
            beside={payWords.balance(amountText(each.balance_minor))}
          />
        ))}
      </ul>
    </PayFrame>
  );
}
