import type { Me } from "@gatehouse/shared/contracts/kiosk";
import type { DebtView } from "@gatehouse/shared/contracts/debts";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { news } from "../connection.ts";
import { momentText } from "../format.ts";
import { facility } from "../model.ts";
import { ReasonField } from "../reason-field.tsx";
import { Field, Kind } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown, shown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { amountText } from "./amounts.ts";
import { ChoiceRow } from "../choice-row.tsx";
import { askDebts, writeOff } from "./money-api.ts";
import { paymentsWords } from "./payments-words.ts";
import { usePressing } from "./pressing.ts";
import { useSearched } from "./searched.ts";

const acts = ["collect", "writeOff"] as const;

/** Stays that ended unpaid: collected at the desk, or given up by a supervisor. */
export function DebtsTab({ me, tabs }: { readonly me: Me; readonly tabs: ComponentChildren }) {
  const { text: plate, told, look } = useSearched(askDebts);
  const [chosen, reason] = [useSignal(""), useSignal("")];
  const act = useSignal<(typeof acts)[number]>("collect");
  const { isAsking, trouble, said, press } = usePressing();
  const debts = told.value?.kind === "ok" ? told.value.value.debts : [];
  const debt = debts.find(({ session_id: id }) => id === chosen.value);
  const mayCollect = me.role !== "technician";
  const isOff = act.value === "writeOff";
  const send = (): void => {
    if (debt === undefined) return;
    const subjectId = debt.session_id;
    if (!isOff) {
      shown.value = { kind: "pay", owing: { purpose: "stay", subjectId, title: debt.plate ?? "" } };
      return;
    }
    void press(
      (request_id) => writeOff(subjectId, { request_id, reason: reason.value.trim() }),
      () => {
        [chosen.value, reason.value] = ["", ""];
        void look();
      },
    );
  };
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...(mayCollect &&
        debt !== undefined && {
          submit: {
            text: isOff
              ? paymentsWords.doWriteOff(amountText(debt.owed_minor))
              : paymentsWords.collect,
            isPossible: news.value === "live" && (!isOff || reason.value.trim() !== ""),
            press: send,
          },
        })}
      onClose={hideShown}
    >
      <Field type="search" label={paymentsWords.debtPlate} value={plate} max={20} />
      {told.value?.kind === "ok" && debts.length === 0 && (
        <p class="empty">{paymentsWords.noDebts}</p>
      )}
      <ul class="scroll-list" role="radiogroup" aria-label={paymentsWords.tabs.debts}>
        {debts.map((each) => (
          <DebtChoice
            key={each.session_id}
            debt={each}
            isChosen={each.session_id === chosen.value}
            choose={() => (chosen.value = each.session_id)}
          />
        ))}
      </ul>
      {debt !== undefined && me.role === "supervisor" && (
        <div class="right-form">
          <Kind name="debt-act" kinds={acts} value={act} texts={paymentsWords} />
          {isOff && <ReasonField reason={reason} usual={paymentsWords.writeOffReasons} />}
        </div>
      )}
      <Said
        trouble={trouble.value || troubleOf(told.value)}
        hint={
          debt === undefined
            ? said.value || paymentsWords.chooseDebt
            : me.role === "supervisor"
              ? paymentsWords.sureOf
              : paymentsWords.supervisorWritesOff
        }
      />
    </Sheet>
  );
}

function DebtChoice(props: {
  readonly debt: DebtView;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { debt, isChosen, choose } = props;
  const zone = facility.value?.timezone ?? "UTC";
  const { note, left_at: left } = debt;
  return (
    <ChoiceRow
      group="debt"
      name={debt.plate ?? paymentsWords.noPlate}
      facts={[
        left === null ? "" : paymentsWords.left(momentText(Date.parse(left), zone)),
        paymentsWords.promise(note?.name ?? "", note?.contact ?? ""),
        note === null ? "" : paymentsWords.notedBy(note.issued_by, note.reason),
      ]}
      isChosen={isChosen}
      choose={choose}
      beside={<strong>{amountText(debt.owed_minor)}</strong>}
    />
  );
}
