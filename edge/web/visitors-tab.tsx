import type { VisitorsData, VisitorView } from "@gatehouse/shared/contracts/rights";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { Plate } from "../../shared/web/plate.tsx";
import { news } from "./connection.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { askVisitors } from "./rights-api.ts";
import { Field, Row } from "./rights-fields.tsx";
import { rightsWords } from "./rights-words.ts";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { VisitForm } from "./visit-form.tsx";
import { Visiting } from "./visiting.ts";
import { words } from "./words.ts";

/** Who is expected, and a form that announces somebody, or changes or ends the visit that was picked. */
export function VisitorsTab({ tabs }: { readonly tabs: ComponentChildren }) {
  const told = useSignal<Told<VisitorsData> | undefined>(undefined);
  const search = useSignal("");
  const visiting = useMemo(() => new Visiting(), []);
  const { isAsking, trouble, said } = visiting;
  const look = async (): Promise<void> => {
    const asked = search.value;
    const answer = await askVisitors(asked);
    if (asked === search.value) told.value = answer;
  };
  useEffect(() => void look(), [search.value]);
  const press = async (): Promise<void> => {
    if (await visiting.press()) await look();
  };
  const visitors = told.value?.kind === "ok" ? told.value.value.visitors : undefined;
  return (
    <Sheet
      id="rights-title"
      title={rightsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: rightsWords.visitActs[visiting.act],
        isPossible: visiting.isWhole && news.value === "live",
        press: () => void press(),
      }}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <Field type="search" label={rightsWords.searchVisitors} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {visitors?.length === 0 && <p class="empty">{rightsWords.noVisitors}</p>}
          <ul>
            {visitors?.map((visitor) => (
              <Visitor key={visitor.visitor_id} visitor={visitor}>
                {visitor.owner === "facility" && <Acts visitor={visitor} visiting={visiting} />}
              </Visitor>
            ))}
          </ul>
          {told.value?.kind === "ok" && told.value.value.has_more && (
            <p class="quiet">{rightsWords.hasMore}</p>
          )}
        </section>
        <VisitForm visiting={visiting} />
      </div>
      <Said
        trouble={trouble.value || troubleOf(told.value)}
        hint={said.value || (visiting.isWhole ? "\u00A0" : rightsWords.visitHints[visiting.act])}
      />
    </Sheet>
  );
}

function Acts({
  visitor,
  visiting,
}: {
  readonly visitor: VisitorView;
  readonly visiting: Visiting;
}) {
  const isPicked = visiting.picked?.visitor_id === visitor.visitor_id;
  return (
    <div class="row-acts">
      {(["change", "end"] as const).map((act) => (
        <button
          key={act}
          type="button"
          class="button"
          aria-pressed={isPicked && visiting.act === act}
          disabled={visiting.isAsking.value}
          onClick={() => visiting.pick(act, visitor)}
        >
          {rightsWords[act]}
        </button>
      ))}
    </div>
  );
}

function Visitor({
  visitor,
  children,
}: {
  readonly visitor: VisitorView;
  readonly children: ComponentChildren;
}) {
  const zone = facility.value?.timezone ?? "UTC";
  const { plate, host } = visitor;
  return (
    <Row
      head={
        <>
          <Plate plate={plate} raw={plate} label={words.plateLabel(plate)} />{" "}
          <strong>{visitor.name}</strong>
        </>
      }
      facts={[
        rightsWords.kinds[visitor.kind],
        host === null ? "" : rightsWords.visits(host),
        rightsWords.until(momentText(Date.parse(visitor.valid_until), zone)),
        rightsWords.entries(visitor.entries_used, visitor.entries_max),
        visitor.owner === "facility" ? "" : rightsWords.headOffice,
      ]}
    >
      {children}
    </Row>
  );
}
