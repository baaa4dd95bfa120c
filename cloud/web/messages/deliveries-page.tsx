import {
  DeliveryPage,
  deliveryStates,
  type DeliveryView,
} from "@gatehouse/shared/contracts/notify";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { momentText, timeText, unknown } from "../format.ts";
import { queryOf, wholeAddress } from "../frame/address.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { Filters } from "../frame/filters.tsx";
import { usePages } from "../frame/more.ts";
import { PageHead } from "../frame/page-head.tsx";
import type { WholePageProps } from "../frame/page.ts";
import { type NotDone, Refused } from "../frame/refused.tsx";
import { whoAmI } from "../own-rights.ts";
import { facilityName } from "../connection.ts";
import { subjectText } from "../alerts/alert-facts.ts";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const tones: Readonly<Record<DeliveryView["state"], Tone>> = {
  waiting: "warn",
  delivered: "ok",
  failed: "bad",
  dropped: "unknown",
};

/** Every message with what became of it; what was given up can be sent again. */
export function DeliveriesPage({ question }: WholePageProps) {
  const { state, target } = question;
  const path =
    whoAmI.value === undefined ? undefined : notifyPath(`/deliveries${queryOf({ state, target })}`);
  const { first, rows, more, isAskingMore } = usePages(
    path,
    DeliveryPage,
    ({ deliveries }) => deliveries,
  );
  const note = useSignal("");
  const notDone = useSignal<NotDone | undefined>(undefined);
  const sendAgain = async ({ delivery_id }: DeliveryView): Promise<void> => {
    const told = await ask("POST", notifyPath(`/deliveries/${delivery_id}/again`), nothing, {
      request_id: crypto.randomUUID(),
    });
    notDone.value = told.kind === "ok" ? undefined : told;
    note.value = told.kind === "ok" ? words.sentAgain : "";
    if (told.kind === "ok") first.again();
  };
  const isAsked = [state, target].some(Boolean);
  return (
    <>
      <PageHead title={words.deliveriesTitle} sentence={words.deliveriesSentence}>
        <p>
          <a href={wholeAddress("messages")}>{words.toRules}</a>
        </p>
      </PageHead>
      <Filters
        question={question}
        filters={[
          {
            name: "state",
            label: words.state,
            kind: "choice",
            choices: deliveryStates.map((value) => ({
              value,
              label: words.deliveryStates[value] ?? value,
            })),
          },
        ]}
        others={{
          target: (id) =>
            `${words.receiver}: ${rows.find(({ target_id }) => target_id === id)?.target_name ?? id}`,
        }}
      />
      <output>{note.value}</output>
      <Refused told={notDone.value} />
      <Answered answer={first}>
        {() => (
          <DataTable
            caption={words.deliveries}
            columns={columnsWith((delivery) => void sendAgain(delivery))}
            rows={rows}
            keyOf={({ delivery_id }) => delivery_id}
            empty={isAsked ? words.noneFound : words.noneSent}
            isSortable={false}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </>
  );
}

const columnsWith = (
  onAgain: (delivery: DeliveryView) => void,
): readonly Column<DeliveryView>[] => [
  {
    key: "message",
    title: words.message,
    value: ({ event }) => event,
    show: ({ event, stage }) => (
      <>{stage === "event" ? <code>{event}</code> : (words.stages[stage] ?? stage)}</>
    ),
  },
  { key: "to", title: words.to, value: ({ target_name }) => target_name || unknown },
  {
    key: "about",
    title: words.about,
    value: ({ facility_id, subject }) =>
      [facilityName(facility_id), subjectText({ alert_type: "", subject }, null)]
        .filter((each) => each !== "")
        .join(" · "),
  },
  {
    key: "state",
    title: words.state,
    value: ({ state }) => state,
    show: ({ state, next_at, attempts }) => (
      <>
        <StateMark tone={tones[state]} /> {words.deliveryStates[state] ?? state}
        {state === "waiting" && attempts > 0 && (
          <span class="quiet">, {words.nextTry(timeText(next_at, ownTimezone))}</span>
        )}
      </>
    ),
  },
  {
    key: "answer",
    title: words.answer,
    value: ({ answer_code, answer }) =>
      [answer_code, answer].filter((each) => each !== null && each !== "").join(" ") || unknown,
  },
  { key: "attempts", title: words.tries, kind: "number", value: ({ attempts }) => attempts },
  {
    key: "queued_at",
    title: words.when,
    value: ({ queued_at }) => queued_at,
    show: ({ queued_at }) => momentText(queued_at, ownTimezone),
  },
  {
    key: "again",
    title: words.sendAgain,
    value: () => null,
    show: (delivery) =>
      delivery.state === "waiting" ? null : (
        <button type="button" class="link" onClick={() => onAgain(delivery)}>
          {words.sendAgain}
        </button>
      ),
  },
];
