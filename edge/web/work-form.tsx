import type { Signal } from "@preact/signals";
import { deviceWords } from "./device-words.ts";
import { useInView } from "./in-view.ts";
import { Field } from "./rights-fields.tsx";
import { type Step, type Working } from "./working.ts";
import { ActChoice } from "./act-choice.tsx";

const steps: readonly Step[] = ["assign", "schedule", "complete", "cancel"];

/** The form of a new job, or of the next step of one that is open. */
export function WorkForm({ working }: { readonly working: Working }) {
  return working.job === undefined ? (
    <section class="right-form">
      <h3>{deviceWords.report}</h3>
      <Field label={deviceWords.device} value={working.device} max={64} />
      <KindField kind={working.kind} />
      <div class="whole-line">
        <Field label={deviceWords.description} value={working.description} max={500} />
      </div>
    </section>
  ) : (
    <StepForm working={working} />
  );
}

function KindField({ kind }: { readonly kind: Signal<string> }) {
  return (
    <label class="note">
      <span>{deviceWords.kind}</span>
      <select value={kind} onChange={(event) => (kind.value = event.currentTarget.value)}>
        {deviceWords.kinds.map((each) => (
          <option key={each} value={each}>
            {deviceWords.kindWords[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function StepForm({ working }: { readonly working: Working }) {
  const { step, line, job } = working;
  const part = useInView(job?.ticket_id);
  return (
    <section ref={part} class="right-form">
      <h3>
        {job?.equipment_id}
        <button type="button" class="link" onClick={() => working.pick(undefined)}>
          {deviceWords.newJob}
        </button>
      </h3>
      <ActChoice
        name="step"
        acts={steps}
        chosen={step.value}
        choose={(each) => working.take(each)}
        texts={deviceWords.steps}
      />
      <div class="whole-line">
        <Field
          key={step.value}
          type={step.value === "schedule" ? "datetime-local" : "text"}
          label={deviceWords.stepFields[step.value]}
          value={line}
          max={200}
        />
      </div>
    </section>
  );
}
