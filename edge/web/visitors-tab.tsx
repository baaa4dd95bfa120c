import { visitorKinds } from "@gatehouse/shared/contracts/access-terms";
import type { VisitorsData, VisitorView } from "@gatehouse/shared/contracts/rights";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Plate } from "../../shared/web/plate.tsx";
import type { Told } from "../../shared/web/ask.ts";
import { news } from "./connection.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { newRequestId } from "./opening.ts";
import { ReasonField } from "./reason-field.tsx";
import { announceVisitor, askVisitors, endVisitor } from "./rights-api.ts";
import { endOfToday, Field, Kind, momentOf, Row } from "./rights-fields.tsx";
import { rightsWords } from "./rights-words.ts";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { words } from "./words.ts";

/** Who is expected, and a form that announces somebody. */
export function VisitorsTab({
  mayEnd,
  tabs,
}: {
  readonly mayEnd: boolean;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<VisitorsData> | undefined>(undefined);
  const search = useSignal("");
  const [kind, plate, name] = [
    useSignal<(typeof visitorKinds)[number]>("visitor"),
    useSignal(""),
    useSignal(""),
  ];
  const [host, until, times] = [useSignal(""), useSignal(endOfToday()), useSignal("")];
  const why = useSignal("");
  const visitorId = useSignal(newRequestId());
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const said = useSignal("");
  const look = async (): Promise<void> => {
    const asked = search.value;
    const answer = await askVisitors(asked);
    if (asked === search.value) told.value = answer;
  };
  useEffect(() => void look(), [search.value]);

  const finish = async (answer: Awaited<ReturnType<typeof announceVisitor>>): Promise<void> => {
    isAsking.value = false;
    trouble.value = troubleOf(answer);
    if (answer.kind !== "ok") return;
    said.value = answer.value.sentence;
    await look();
  };
  const announce = async (): Promise<void> => {
    isAsking.value = true;
    const answer = await announceVisitor({
      visitor_id: visitorId.value,
      kind: kind.value,
      plate: plate.value.trim(),
      name: name.value.trim(),
      valid_until: momentOf(until.value),
      why: why.value.trim(),
      ...(host.value.trim() === "" ? {} : { host: host.value.trim() }),
      ...(times.value === "" ? {} : { entries_max: Number(times.value) }),
    });
    await finish(answer);
    if (answer.kind !== "ok") return;
    visitorId.value = newRequestId();
    for (const field of [plate, name, host, times]) field.value = "";
  };
  const end = async (id: string): Promise<void> => {
    isAsking.value = true;
    await finish(await endVisitor(id, why.value.trim()));
  };
  const isWhole = [plate, name, until, why].every((field) => field.value.trim() !== "");
  return (
    <Sheet
      id="rights-title"
      title={rightsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      submit={{
        text: rightsWords.announce,
        isPossible: isWhole && news.value === "live",
        press: () => void announce(),
      }}
      onClose={hideShown}
    >
      <div class="halves">
        <section class="right-list">
          <Field type="search" label={rightsWords.searchVisitors} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {told.value?.kind === "ok" && told.value.value.visitors.length === 0 && (
            <p class="empty">{rightsWords.noVisitors}</p>
          )}
          <ul>
            {told.value?.kind === "ok" &&
              told.value.value.visitors.map((visitor) => (
                <Visitor key={visitor.visitor_id} visitor={visitor}>
                  {mayEnd && visitor.owner === "facility" && (
                    <button
                      type="button"
                      class="button"
                      disabled={isAsking.value || why.value.trim() === ""}
                      title={why.value.trim() === "" ? rightsWords.giveWhy : undefined}
                      onClick={() => void end(visitor.visitor_id)}
                    >
                      {rightsWords.end}
                    </button>
                  )}
                </Visitor>
              ))}
          </ul>
          {told.value?.kind === "ok" && told.value.value.has_more && (
            <p class="quiet">{rightsWords.hasMore}</p>
          )}
        </section>
        <section class="right-form">
          <h3>{rightsWords.announceTitle}</h3>
          <Kind name="kind" kinds={visitorKinds} value={kind} texts={rightsWords.kinds} />
          <Field label={rightsWords.plate} value={plate} max={32} />
          <Field label={rightsWords.name} value={name} />
          <Field label={rightsWords.host} value={host} />
          <Field type="datetime-local" label={rightsWords.untilWhen} value={until} />
          <Field type="number" label={rightsWords.times} value={times} />
          <ReasonField reason={why} usual={rightsWords.visitReasons} />
        </section>
      </div>
      <Said
        trouble={trouble.value || troubleOf(told.value)}
        hint={said.value || (isWhole ? "\u00A0" : rightsWords.fillIn)}
      />
    </Sheet>
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
