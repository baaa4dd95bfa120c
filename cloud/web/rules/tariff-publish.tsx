import { useSignal } from "@preact/signals";
import {
  TariffDraft,
  TariffSent,
  type TariffsTold,
} from "@gatehouse/shared/contracts/rules/tariffs";
import { ask, nothing, type Told } from "../../../shared/web/ask.ts";
import { StateMark } from "../../../shared/web/state-mark.tsx";
import { minuteText } from "../format.ts";
import { facilityAddress, goTo } from "../frame/address.ts";
import { newRequestId } from "../people-state.ts";
import type { DraftDesk } from "./draft-desk.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { tariffWords as words } from "./tariff-words.ts";
import { textAt } from "./written.ts";

type Trouble = Exclude<Told<unknown>, { kind: "ok" }>;

/** Keeps what is written as a draft, or sends it to the facility. */
export function TariffPublish({
  desk,
  told,
  draftId,
  version,
  onKept,
}: {
  readonly desk: DraftDesk;
  readonly told: TariffsTold;
  readonly draftId: string;
  /** Of the draft; 0: it is not kept yet. */
  readonly version: number;
  readonly onKept: (draftId: string) => void;
}) {
  const kept = useSignal(version);
  const said = useSignal("");
  const trouble = useSignal<Trouble | undefined>(undefined);
  const isSure = useSignal(false);
  const why = useSignal("");
  const isAsking = useSignal(false);
  const { facilityId, timezone } = desk.facility;
  const base = `/v1/facilities/${encodeURIComponent(facilityId)}`;
  const draftPath = `${base}/tariff-drafts/${encodeURIComponent(draftId)}`;
  const tariff = desk.tariff.value;
  const from = textAt(tariff, ["valid_from"]);
  const isSooner = !(Date.parse(from) >= Date.parse(told.earliest));

  const doing = async <T,>(asked: Promise<Told<T>>, done: (value: T) => void): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    said.value = "";
    trouble.value = undefined;
    const answer = await asked;
    isAsking.value = false;
    if (answer.kind === "ok") done(answer.value);
    else trouble.value = answer;
  };
  const order = { request_id: newRequestId(), tariff };
  const save = (): Promise<void> =>
    doing(
      ask("PUT", draftPath, TariffDraft, { ...order, version: kept.value }),
      ({ version: now }) => {
        kept.value = now;
        said.value = words.savedDraft;
        onKept(draftId);
        goTo(facilityAddress(facilityId, "tariff", { draft: draftId }), "replace");
      },
    );
  const publish = (): Promise<void> => {
    const reason = why.value.trim() === "" ? {} : { why: why.value.trim() };
    const known = kept.value > 0 ? { draft_id: draftId } : {};
    return doing(
      ask("POST", `${base}/tariffs`, TariffSent, { ...order, ...known, ...reason }),
      ({ number }) => goTo(facilityAddress(facilityId, "tariffs", { sent: String(number) })),
    );
  };
  const forget = (): Promise<void> =>
    doing(ask("DELETE", draftPath, nothing), () => goTo(facilityAddress(facilityId, "tariffs")));

  return (
    <section class="tariff-publish">
      <h2>{words.publishHead}</h2>
      <p class="quiet">{words.publishHint(minuteText(told.earliest, timezone))}</p>
      {isSooner && (
        <label>
          <span>{words.whySooner}</span>
          <input
            maxlength={200}
            value={why.value}
            onInput={({ currentTarget }) => (why.value = currentTarget.value)}
          />
        </label>
      )}
      {trouble.value !== undefined && (
        <RuleProblem told={trouble.value} refusals={words.refusals} />
      )}
      <p aria-live="polite">
        {said.value !== "" && (
          <>
            <StateMark tone="ok" /> {said.value}
          </>
        )}
      </p>
      {isSure.value && (
        <p>
          {words.publishSentence(
            textAt(tariff, ["name"]),
            textAt(tariff, ["version"]),
            minuteText(from, timezone),
          )}
        </p>
      )}
      <div class="form-acts">
        {isSure.value ? (
          <>
            <button
              type="button"
              class="button primary"
              disabled={isAsking.value || (isSooner && why.value.trim() === "")}
              onClick={() => void publish()}
            >
              {words.publishNow}
            </button>
            <button type="button" class="link" onClick={() => (isSure.value = false)}>
              {words.cancel}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              class="button primary"
              disabled={!desk.isFresh.value || desk.complaints.value.length > 0}
              onClick={() => (isSure.value = true)}
            >
              {words.publish}
            </button>
            <button
              type="button"
              class="button"
              disabled={isAsking.value}
              onClick={() => void save()}
            >
              {words.saveDraft}
            </button>
            {kept.value > 0 && (
              <button type="button" class="link" onClick={() => void forget()}>
                {words.deleteDraft}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
}
