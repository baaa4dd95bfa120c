import type { ViolationData } from "@gatehouse/shared/contracts/violations";
import { useSignal, type Signal } from "@preact/signals";
import { pictureOf } from "../desk-api.ts";
import { momentText } from "../format.ts";
import { useInView } from "../in-view.ts";
import { facility, laneSignal } from "../model.ts";
import { ReasonField } from "../reason-field.tsx";
import { amountText } from "./amounts.ts";
import type { ViolationAct } from "./violation-acts.ts";
import { violationWords } from "./violation-words.ts";
import { ActChoice } from "../act-choice.tsx";

/** One violation: what shows it, what it costs, what was decided, and what can be. */
export function ViolationDetails(props: {
  readonly data: ViolationData;
  readonly acts: readonly ViolationAct[];
  readonly act: Signal<ViolationAct | undefined>;
  readonly reason: Signal<string>;
}) {
  const { data, acts, act, reason } = props;
  const { violation, evidence, history } = data;
  const part = useInView(violation.violation_id);
  const chosen = act.value;
  return (
    <section ref={part} class="right-form payment-details">
      <h3>
        <strong>{evidence.finding}</strong>
      </h3>
      <p class="vehicle-facts">
        <span>
          {violationWords.penalty}: {amountText(violation.amount_minor)}
        </span>
        <span>
          {violationWords.toPay}: {amountText(violation.due_minor)}
        </span>
        {violation.discount_until !== null && (
          <span>{violationWords.discountUntil(when(violation.discount_until))}</span>
        )}
        {violation.due_at !== null && <span>{violationWords.dueAt(when(violation.due_at))}</span>}
      </p>
      <Evidence data={data} />
      <h3>{violationWords.history}</h3>
      <ul class="story">
        {history.map((step) => (
          <li key={`${step.at} ${step.status}`}>
            <time>{when(step.at)}</time>
            <span>
              {violationWords.statuses[step.status]}
              {step.by.id === undefined || step.by.id === null ? "" : ` · ${step.by.id}`}
              {step.reason === "" ? "" : ` · ${step.reason}`}
            </span>
          </li>
        ))}
      </ul>
      {acts.length > 0 && (
        <ActChoice
          name="violation-act"
          acts={acts}
          chosen={chosen}
          choose={(each) => (act.value = each)}
          texts={violationWords.acts}
        />
      )}
      {chosen !== undefined && chosen !== "pay" && (
        <ReasonField key={chosen} reason={reason} usual={violationWords.reasons[chosen]} />
      )}
    </section>
  );
}

/** Times and pictures, as they were found. */
function Evidence({ data: { evidence } }: { readonly data: ViolationData }) {
  const { session, stay, reads } = evidence;
  const leftAt = session?.exit_at ?? null;
  return (
    <>
      <h3>{violationWords.evidence}</h3>
      <p class="vehicle-facts">
        {session !== null && <span>{violationWords.entered(when(session.entry_at))}</span>}
        {leftAt !== null && <span>{violationWords.left(when(leftAt))}</span>}
        {stay !== null && <span>{`${stay.space_id} (${stay.space_type})`}</span>}
        <span>{violationWords.frozen}</span>
      </p>
      <ul class="evidence">
        {reads.map((read) => (
          <li key={read.read_id}>
            <Picture url={pictureOf(read.reader_id, read.read_id)} plate={read.plate} />
            <small>
              {read.plate} {violationWords.camera(laneName(read.lane_id))}, {when(read.at)}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

function Picture({ url, plate }: { readonly url: string; readonly plate: string }) {
  const isMissing = useSignal(false);
  if (isMissing.value) return <span class="read-picture none">{plate}</span>;
  return (
    <img class="read-picture" src={url} alt={plate} onError={() => (isMissing.value = true)} />
  );
}

const laneName = (laneId: string): string => laneSignal(laneId)?.value.name ?? laneId;
const when = (iso: string): string =>
  momentText(Date.parse(iso), facility.value?.timezone ?? "UTC");
