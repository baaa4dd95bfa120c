import type { MerchantsData, MerchantView } from "@gatehouse/shared/contracts/accounts";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { ActChoice } from "../act-choice.tsx";
import { ChoiceRow } from "../choice-row.tsx";
import { useInView } from "../in-view.ts";
import { ReasonField } from "../reason-field.tsx";
import { Field } from "../rights-fields.tsx";
import { keepMerchant } from "./accounts-api.ts";
import { accountsWords } from "./accounts-words.ts";
import { AmountField } from "./amount-field.tsx";
import { amountText, fieldText } from "./amounts.ts";
import { fieldsOf, fill, writtenIn } from "./fields.ts";
import { KeptFrame, type KeptPartProps } from "./kept-frame.tsx";
import { KeptList, wantedOf } from "./kept-list.tsx";
import { actsForMerchant, type MerchantAct, merchantFields, wishOf } from "./merchant-acts.ts";
import { MerchantToken } from "./merchant-token.tsx";
import { askMerchants } from "./money-api.ts";
import { usePressing } from "./pressing.ts";

/** Merchants: what each may give, what it gave and owes, and the token of its own page. */
export function MerchantsPart({ me, tabs, kinds }: KeptPartProps) {
  const told = useSignal<Told<MerchantsData> | undefined>(undefined);
  const chosen = useSignal("");
  const act = useSignal<MerchantAct | undefined>(undefined);
  /** A new token is told once: it is gone when another merchant is chosen. */
  const token = useSignal<string | undefined>(undefined);
  const fields = useMemo(() => fieldsOf(merchantFields), []);
  const pressing = usePressing();
  const look = async (): Promise<void> => void (told.value = await askMerchants());
  useEffect(() => void look(), []);

  const merchants = told.value?.kind === "ok" ? told.value.value.merchants : [];
  const merchant = merchants.find(({ merchant_id: id }) => id === chosen.value);
  const part = useInView(merchant?.merchant_id ?? act.value);
  const acts = merchant === undefined || me.role !== "supervisor" ? [] : actsForMerchant(merchant);
  const wanted = wantedOf(act.value, acts, "add");
  const wish =
    wanted === undefined ? undefined : wishOf(wanted, merchant, merchants, writtenIn(fields));
  const choose = (each: MerchantView | undefined): void => {
    chosen.value = each?.merchant_id ?? "";
    act.value = each === undefined ? "add" : undefined;
    token.value = undefined;
    [pressing.trouble.value, pressing.said.value] = ["", ""];
    fill(fields, {
      name: each?.name ?? "",
      stayCap: capText(each?.stay_cap_minor),
      monthCap: capText(each?.month_cap_minor),
    });
  };
  const send = (): void => {
    if (wish === undefined || typeof wish === "string") return;
    void pressing.press(
      (request_id) => keepMerchant({ ...wish, request_id }),
      (answer) => {
        [act.value, fields.reason.value] = [undefined, ""];
        chosen.value = wish.merchant_id;
        token.value = answer.token ?? undefined;
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
          : {
              text: accountsWords.doMerchant[wanted],
              missing: typeof wish === "string" ? accountsWords.merchantMissing[wish] : undefined,
            }
      }
      list={
        <KeptList
          me={me}
          told={told.value}
          label={accountsWords.kinds.merchants}
          none={accountsWords.noMerchants}
          count={merchants.length}
          addText={accountsWords.newMerchant}
          add={() => choose(undefined)}
        >
          {merchants.map((each) => (
            <ChoiceRow
              key={each.merchant_id}
              group="merchant"
              name={each.name}
              facts={[
                accountsWords.givenThisMonth(amountText(each.used_this_month_minor)),
                each.is_active ? "" : accountsWords.inactive,
              ]}
              isChosen={each.merchant_id === chosen.value}
              choose={() => choose(each)}
              beside={<strong>{amountText(each.owes_minor)}</strong>}
            />
          ))}
        </KeptList>
      }
      details={
        merchant === undefined && act.value !== "add" ? (
          <p class="empty">{accountsWords.chooseMerchant}</p>
        ) : (
          <section ref={part} class="right-form payment-details">
            <h3>{merchant?.name ?? accountsWords.newMerchant}</h3>
            {merchant !== undefined && <Facts merchant={merchant} />}
            {merchant !== undefined && token.value !== undefined && (
              <MerchantToken merchantId={merchant.merchant_id} token={token.value} />
            )}
            {acts.length > 0 && (
              <ActChoice
                name="merchant-act"
                acts={acts}
                chosen={wanted}
                choose={(each) => {
                  act.value = each;
                  token.value = undefined;
                  fields.reason.value = "";
                }}
                texts={accountsWords.merchantActs}
              />
            )}
            {wanted !== undefined && <p class="quiet">{accountsWords.merchantMeans[wanted]}</p>}
            {(wanted === "add" || wanted === "change") && (
              <>
                <Field label={accountsWords.merchantName} value={fields.name} max={100} />
                <AmountField label={accountsWords.stayCap} value={fields.stayCap} />
                <AmountField label={accountsWords.monthCap} value={fields.monthCap} />
              </>
            )}
            {wanted !== undefined && (
              <ReasonField
                key={wanted}
                reason={fields.reason}
                usual={accountsWords.merchantReasons[wanted]}
              />
            )}
          </section>
        )
      }
    />
  );
}

function Facts({ merchant }: { readonly merchant: MerchantView }) {
  const { stay_cap_minor: stay, month_cap_minor: month } = merchant;
  return (
    <p class="vehicle-facts">
      <strong>{accountsWords.owes(amountText(merchant.owes_minor))}</strong>
      <span>{accountsWords.givenThisMonth(amountText(merchant.used_this_month_minor))}</span>
      {stay !== null && <span>{accountsWords.stayLimit(amountText(stay))}</span>}
      {month !== null && <span>{accountsWords.monthLimit(amountText(month))}</span>}
      <span>{merchant.has_token ? accountsWords.hasToken : accountsWords.noToken}</span>
      {!merchant.is_active && <span>{accountsWords.inactive}</span>}
    </p>
  );
}

const capText = (minor: number | null | undefined): string =>
  minor === null || minor === undefined ? "" : fieldText(minor);
