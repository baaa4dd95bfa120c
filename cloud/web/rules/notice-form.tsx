import { useSignal } from "@preact/signals";
import type { TariffsTold } from "@gatehouse/shared/contracts/rules/tariffs";
import { ask, nothing, type Told } from "../../../shared/web/ask.ts";
import { mayI } from "../own-rights.ts";
import { newRequestId } from "../people-state.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { tariffWords as words } from "./tariff-words.ts";

/** How many days before it is in force a tariff is published here. */
export function NoticeForm({
  told,
  onChanged,
}: {
  readonly told: TariffsTold;
  readonly onChanged: () => void;
}) {
  const days = useSignal(String(told.notice_days));
  const trouble = useSignal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(undefined);
  const mayChange = mayI("set-prices");
  const submit = async (): Promise<void> => {
    const path = `/v1/facilities/${encodeURIComponent(told.facility_id)}/tariff-notice`;
    const order = { request_id: newRequestId(), notice_days: Number(days.value) };
    const answer = await ask("PUT", path, nothing, order);
    trouble.value = answer.kind === "ok" ? undefined : answer;
    if (answer.kind === "ok") onChanged();
  };
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="quiet">{words.noticeHint}</p>
      <label>
        <span>{words.noticeDays}</span>
        <input
          type="number"
          min={0}
          max={365}
          required
          disabled={!mayChange}
          value={days.value}
          onInput={({ currentTarget }) => (days.value = currentTarget.value)}
        />
      </label>
      {trouble.value !== undefined && <RuleProblem told={trouble.value} />}
      {mayChange && days.value !== String(told.notice_days) && (
        <button type="submit" class="button">
          {words.keep}
        </button>
      )}
    </form>
  );
}
