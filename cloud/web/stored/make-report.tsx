import "../frame/filters.css";
import {
  type ReportType,
  reportTypes,
  StoredReport,
  titleMax,
} from "@gatehouse/shared/contracts/reports/stored";
import { useSignal } from "@preact/signals";
import { ask } from "../../../shared/web/ask.ts";
import { facilityAddress, goTo } from "../frame/address.ts";
import type { FacilityAt } from "../frame/page.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { reportPath } from "../reports/report-path.ts";
import { storedWords as words } from "./stored-words.ts";

/** Has a report made and leads to it. A try that was lost is asked for again under the same id. */
export function MakeReport({
  facility,
  onClose,
}: {
  readonly facility: FacilityAt;
  readonly onClose: () => void;
}) {
  const requestId = useSignal(crypto.randomUUID());
  const type = useSignal<ReportType>("daily");
  const from = useSignal("");
  const isAsking = useSignal(false);
  const notDone = useSignal<NotDone | undefined>(undefined);
  const isCustom = type.value === "custom";

  const submit = async (form: FormData): Promise<void> => {
    if (isAsking.value) return;
    const text = (name: string): string | undefined => {
      const value = form.get(name);
      return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
    };
    isAsking.value = true;
    const told = await ask("POST", reportPath(facility.facilityId, "stored"), StoredReport, {
      request_id: requestId.value,
      report_type: type.value,
      title: text("title"),
      from: isCustom ? text("from") : undefined,
      to: text("to"),
    });
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind === "refused") requestId.value = crypto.randomUUID();
    if (told.kind === "ok")
      goTo(facilityAddress(facility.facilityId, "report", { id: told.value.id }));
  };

  return (
    <form
      class="filters"
      aria-label={words.make}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <label>
        <span>{words.type}</span>
        <select
          value={type.value}
          onChange={(event) => (type.value = event.currentTarget.value as ReportType)}
        >
          {reportTypes.map((each) => (
            <option key={each} value={each}>
              {words.types[each]}
            </option>
          ))}
        </select>
      </label>
      {isCustom && (
        <label>
          <span>{words.from}</span>
          <input
            type="date"
            name="from"
            required
            max={facility.today}
            onInput={(event) => (from.value = event.currentTarget.value)}
          />
        </label>
      )}
      <label>
        <span>{isCustom ? words.to : words.lastDay}</span>
        <input
          type="date"
          name="to"
          required={isCustom}
          min={isCustom ? from.value : undefined}
          max={facility.today}
        />
      </label>
      <label>
        <span>{words.reportTitle}</span>
        <input name="title" maxlength={titleMax} placeholder={words.titleHint} autocomplete="off" />
      </label>
      <button type="submit" class="button primary" disabled={isAsking.value}>
        {words.makeIt}
      </button>
      <button type="button" class="link" onClick={onClose}>
        {words.cancel}
      </button>
      {isAsking.value && <output>{words.making}</output>}
      <Refused told={notDone.value} />
    </form>
  );
}
