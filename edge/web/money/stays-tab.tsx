import type { SessionsData } from "@gatehouse/shared/contracts/plates";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../../shared/web/ask.ts";
import { news } from "../connection.ts";
import { findSessions } from "../desk-api.ts";
import { useDigits } from "../digits.ts";
import { Field } from "../rights-fields.tsx";
import { Said, Sheet } from "../sheet.tsx";
import { hideShown, shown } from "../showing.ts";
import { troubleOf } from "../told.ts";
import { Vehicle } from "../vehicle.tsx";
import { paymentsWords } from "./payments-words.ts";

/** A shorter part of a plate finds nothing. */
const partLeast = 2;

/** A driver who pays before going to the car: found by a part of the plate. */
export function StaysTab({ tabs }: { readonly tabs: ComponentChildren }) {
  const part = useSignal("");
  const told = useSignal<Told<SessionsData> | undefined>(undefined);
  const chosen = useSignal("");
  useDigits("stay");
  useEffect(() => {
    const wanted = part.value;
    told.value = undefined;
    if (wanted.trim().length < partLeast) return;
    void findSessions(wanted.trim()).then((answer) => {
      // Somebody has typed on meanwhile.
      if (part.value === wanted) told.value = answer;
    });
  }, [part.value]);
  const found = told.value?.kind === "ok" ? told.value.value : undefined;
  const session =
    found?.sessions.find(({ session_id: id }) => id === chosen.value) ??
    (found?.sessions.length === 1 ? found.sessions[0] : undefined);
  const hint =
    found === undefined
      ? paymentsWords.findHint
      : found.sessions.length === 0
        ? paymentsWords.nobodyInside
        : found.has_more
          ? paymentsWords.more
          : paymentsWords.chooseStay;
  return (
    <Sheet
      id="money-title"
      title={paymentsWords.title}
      beside={tabs}
      isWide
      submit={{
        text:
          session === undefined
            ? paymentsWords.take
            : `${paymentsWords.take}: ${session.plate ?? paymentsWords.noPlate}`,
        isPossible: session !== undefined && news.value === "live",
        press: () => {
          if (session === undefined) return;
          const owing = { purpose: "stay", subjectId: session.session_id } as const;
          shown.value = { kind: "pay", owing: { ...owing, title: session.plate ?? "" } };
        },
      }}
      onClose={hideShown}
    >
      <Field type="search" label={paymentsWords.findStay} value={part} max={20} />
      <div class="candidates" role="radiogroup" aria-label={paymentsWords.tabs.stays}>
        {(found?.sessions ?? []).map((each, index) => (
          <label key={each.session_id} class="choice candidate">
            <input
              type="radio"
              name="stay"
              checked={session === each}
              onChange={() => (chosen.value = each.session_id)}
            />
            <span>
              <Vehicle session={each} />
              {index < 9 && <kbd>{index + 1}</kbd>}
            </span>
          </label>
        ))}
      </div>
      <Said trouble={troubleOf(told.value)} hint={hint} />
    </Sheet>
  );
}
