import { visitorKinds } from "@gatehouse/shared/contracts/access-terms";
import { useInView } from "./in-view.ts";
import { ReasonField } from "./reason-field.tsx";
import { Field, Kind } from "./rights-fields.tsx";
import { rightsWords } from "./rights-words.ts";
import type { Visiting } from "./visiting.ts";

/** The form of one visit. One that is to end needs nothing but why. */
export function VisitForm({ visiting }: { readonly visiting: Visiting }) {
  const { act, picked } = visiting;
  const part = useInView(picked && `${act} ${picked.visitor_id}`);
  return (
    <section ref={part} class="right-form">
      <h3>
        {picked === undefined
          ? rightsWords.announceTitle
          : `${rightsWords[act === "end" ? "end" : "change"]}: ${picked.name}`}
        {picked !== undefined && (
          <button type="button" class="link" onClick={() => visiting.leave()}>
            {rightsWords.announceInstead}
          </button>
        )}
      </h3>
      {act !== "end" && (
        <>
          <Kind name="kind" kinds={visitorKinds} value={visiting.kind} texts={rightsWords.kinds} />
          <Field label={rightsWords.plate} value={visiting.plate} max={32} />
          <Field label={rightsWords.name} value={visiting.name} />
          <Field label={rightsWords.host} value={visiting.host} />
          <Field type="datetime-local" label={rightsWords.untilWhen} value={visiting.until} />
          <Field type="number" label={rightsWords.times} value={visiting.times} />
        </>
      )}
      <ReasonField
        reason={visiting.why}
        usual={act === "end" ? rightsWords.endReasons : rightsWords.visitReasons}
      />
    </section>
  );
}
