import { EventTold } from "@gatehouse/shared/contracts/reports/outlook";
import { useSignal } from "@preact/signals";
import { ask, nothing, type Told } from "../../../shared/web/ask.ts";
import type { FacilityAt } from "../frame/page.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { newRequestId } from "../people-state.ts";
import { calendarWords as words } from "./calendar-words.ts";
import { momentAt } from "./local-moment.ts";

interface KeepProps {
  readonly facility: FacilityAt;
  readonly onKept: () => void;
}

/** What a form asks for, once: the same id until it was done. */
function useKeeping(onKept: () => void) {
  const requestId = useSignal(newRequestId());
  const notDone = useSignal<NotDone | undefined>(undefined);
  const isAsking = useSignal(false);
  const keep = async (
    form: HTMLFormElement,
    send: (requestId: string) => Promise<Told<unknown>>,
  ): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const told = await send(requestId.value);
    isAsking.value = false;
    notDone.value = told.kind === "ok" ? undefined : told;
    if (told.kind !== "unreachable") requestId.value = newRequestId();
    if (told.kind !== "ok") return;
    form.reset();
    onKept();
  };
  return { keep, notDone, isAsking };
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
};

/** Keeps an event; times are those of the facility. */
export function KeepEvent({ facility, onKept }: KeepProps) {
  const { keep, notDone, isAsking } = useKeeping(onKept);
  const hasNoMoment = useSignal(false);
  const submit = (form: HTMLFormElement): void => {
    const told = new FormData(form);
    const begins_at = momentAt(textOf(told, "from"), facility.timezone);
    const ends_at = momentAt(textOf(told, "to"), facility.timezone);
    hasNoMoment.value = begins_at === undefined || ends_at === undefined;
    if (hasNoMoment.value) return;
    const percent = textOf(told, "percent");
    const path = `/v1/facilities/${encodeURIComponent(facility.facilityId)}/events`;
    void keep(form, (request_id) =>
      ask("POST", path, EventTold, {
        request_id,
        name: textOf(told, "name"),
        begins_at,
        ends_at,
        expected_percent: percent === "" ? null : Math.round(Number(percent)),
      }),
    );
  };
  return (
    <form
      class="filters"
      aria-label={words.events}
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <label>
        <span>{words.name}</span>
        <input name="name" required maxlength={100} autocomplete="off" />
      </label>
      <label>
        <span>{words.from}</span>
        <input type="datetime-local" name="from" required />
      </label>
      <label>
        <span>{words.to}</span>
        <input type="datetime-local" name="to" required />
      </label>
      <label>
        <span>{words.expected}</span>
        <input
          type="number"
          name="percent"
          min={-100}
          max={900}
          step={1}
          placeholder={words.expectedHint}
        />
      </label>
      <button type="submit" class="button" disabled={isAsking.value}>
        {words.add}
      </button>
      {hasNoMoment.value && (
        <p class="tone-bad" role="alert">
          {words.noMoment}
        </p>
      )}
      <Refused told={notDone.value} />
    </form>
  );
}

/** Keeps a public holiday. */
export function KeepHoliday({ facility, onKept }: KeepProps) {
  const { keep, notDone, isAsking } = useKeeping(onKept);
  const path = `/v1/facilities/${encodeURIComponent(facility.facilityId)}/holidays`;
  return (
    <form
      class="filters"
      aria-label={words.holidays}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const told = new FormData(form);
        const order = { day: textOf(told, "day"), name: textOf(told, "name") };
        void keep(form, (request_id) => ask("POST", path, nothing, { request_id, ...order }));
      }}
    >
      <label>
        <span>{words.day}</span>
        <input type="date" name="day" required />
      </label>
      <label>
        <span>{words.name}</span>
        <input name="name" required maxlength={100} autocomplete="off" />
      </label>
      <button type="submit" class="button" disabled={isAsking.value}>
        {words.add}
      </button>
      <Refused told={notDone.value} />
    </form>
  );
}
