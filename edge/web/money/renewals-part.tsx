import type { SubscriptionsData, SubscriptionView } from "@gatehouse/shared/contracts/accounts";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { ChoiceRow } from "../choice-row.tsx";
import { fieldOf } from "../field-times.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { newRequestId } from "../opening.ts";
import { accountsWords } from "./accounts-words.ts";
import { amountText, fieldText } from "./amounts.ts";
import { fieldsOf, fill, writtenIn } from "./fields.ts";
import { KeptFrame, type KeptPartProps } from "./kept-frame.tsx";
import { KeptList, wantedOf } from "./kept-list.tsx";
import { usePressing } from "./pressing.ts";
import { askSubscriptions } from "./accounts-api.ts";
import {
  actsForRenewal,
  carryOutRenewal,
  missingOf,
  type RenewalAct,
  renewalFields,
} from "./renewal-acts.ts";
import { RenewalDetails } from "./renewal-details.tsx";

/** Permits that renew themselves: what they cost, when they are asked for, and what supervisors do about them. */
export function RenewalsPart({ me, tabs, kinds }: KeptPartProps) {
  const told = useSignal<Told<SubscriptionsData> | undefined>(undefined);
  const chosen = useSignal("");
  const act = useSignal<RenewalAct | undefined>(undefined);
  const newId = useSignal(newRequestId());
  const fields = useMemo(() => fieldsOf(renewalFields), []);
  const pressing = usePressing();
  const look = async (): Promise<void> => void (told.value = await askSubscriptions());
  useEffect(() => void look(), []);

  const renewals = told.value?.kind === "ok" ? told.value.value.subscriptions : [];
  const renewal = renewals.find(({ subscription_id: id }) => id === chosen.value);
  const acts = renewal === undefined || me.role !== "supervisor" ? [] : actsForRenewal(renewal);
  const wanted = wantedOf(act.value, acts, "add");
  const missing = wanted === undefined ? undefined : missingOf(wanted, writtenIn(fields));
  const choose = (each: SubscriptionView | undefined): void => {
    chosen.value = each?.subscription_id ?? "";
    act.value = each === undefined ? "add" : undefined;
    [pressing.trouble.value, pressing.said.value] = ["", ""];
    fill(fields, each === undefined ? { period: "month", tax: "0", grace: "7" } : formOf(each));
  };
  const send = (): void => {
    if (wanted === undefined) return;
    const id = renewal?.subscription_id ?? newId.value;
    const looked = (): void => {
      [act.value, fields.reason.value] = [undefined, ""];
      [newId.value, chosen.value] = [newRequestId(), id];
      void look();
    };
    void pressing
      .press((requestId) => carryOutRenewal(wanted, id, writtenIn(fields), requestId), looked)
      // One that was not paid has changed too.
      .then(look);
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
          : {
              text: accountsWords.doRenewal[wanted],
              missing: missing === undefined ? undefined : accountsWords.renewalMissing[missing],
            }
      }
      list={
        <KeptList
          me={me}
          told={told.value}
          label={accountsWords.kinds.renewals}
          none={accountsWords.noRenewals}
          count={renewals.length}
          addText={accountsWords.newRenewal}
          add={() => choose(undefined)}
        >
          {renewals.map((each) => (
            <RenewalChoice
              key={each.subscription_id}
              renewal={each}
              isChosen={each.subscription_id === chosen.value}
              choose={() => choose(each)}
            />
          ))}
        </KeptList>
      }
      details={
        <RenewalDetails
          renewal={renewal}
          acts={acts}
          act={wanted}
          choose={(each) => {
            act.value = each;
            fields.reason.value = "";
          }}
          fields={fields}
        />
      }
    />
  );
}

function RenewalChoice(props: {
  readonly renewal: SubscriptionView;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { renewal, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const tone = tones[renewal.state];
  return (
    <ChoiceRow
      group="renewal"
      name={renewal.permit_id}
      facts={[
        renewal.holder,
        accountsWords.price(amountText(renewal.price_minor), renewal.period),
        accountsWords.paidUntil(momentText(Date.parse(renewal.paid_until), zone)),
      ]}
      isChosen={isChosen}
      choose={choose}
      beside={
        <span class={`device-state tone-${tone}`}>
          <StateMark tone={tone} /> {accountsWords.renewalStates[renewal.state]}
        </span>
      }
    />
  );
}

const formOf = (renewal: SubscriptionView) => ({
  permit: renewal.permit_id,
  account: renewal.account_id,
  price: fieldText(renewal.price_minor),
  period: renewal.period,
  paidUntil: fieldOf(renewal.paid_until),
  tax: String(renewal.rate_ppm / 10_000),
  grace: String(renewal.grace_days),
});

const tones: Readonly<Record<SubscriptionView["state"], Tone>> = {
  active: "ok",
  "past-due": "bad",
  paused: "calm",
  cancelled: "unknown",
};
