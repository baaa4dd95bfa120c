import type { PermitsData, PermitView } from "@gatehouse/shared/contracts/rights";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Told } from "../../shared/web/ask.ts";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { news } from "./connection.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { ReasonField } from "./reason-field.tsx";
import { askPermits, makeNeutral } from "./rights-api.ts";
import { Field, Row } from "./rights-fields.tsx";
import { rightsWords } from "./rights-words.ts";
import { Said, Sheet } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { words } from "./words.ts";

/** The permits of a plate, why they hold or not, and the neutral reset of who is in. */
export function PermitsTab({
  mayReset,
  tabs,
}: {
  readonly mayReset: boolean;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<PermitsData> | undefined>(undefined);
  const [plate, why] = [useSignal(""), useSignal("")];
  /** All permits are about to be reset: asked once more. */
  const isSure = useSignal(false);
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const said = useSignal("");
  const look = async (): Promise<void> => {
    isAsking.value = true;
    told.value = await askPermits(plate.value.trim());
    isAsking.value = false;
    trouble.value = troubleOf(told.value);
  };
  const reset = async (permitId: string | null): Promise<void> => {
    isAsking.value = true;
    const answer = await makeNeutral({ permit_id: permitId, why: why.value.trim() });
    isAsking.value = false;
    trouble.value = troubleOf(answer);
    if (answer.kind !== "ok") return;
    said.value = answer.value.sentence;
    isSure.value = false;
    if (plate.value.trim() !== "") await look();
  };
  const isWhy = why.value.trim() !== "";
  const isLive = news.value === "live";
  return (
    <Sheet
      id="rights-title"
      title={rightsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      submit={
        isSure.value
          ? {
              text: rightsWords.neutralDo,
              isPossible: isWhy && isLive,
              press: () => void reset(null),
            }
          : {
              text: rightsWords.look,
              isPossible: plate.value.trim() !== "" && isLive,
              press: () => void look(),
            }
      }
      onClose={hideShown}
    >
      <Field type="search" label={rightsWords.lookUp} value={plate} max={32} />
      <Permits told={told.value}>
        {(permit) =>
          mayReset && (
            <button
              type="button"
              class="button"
              disabled={isAsking.value || !isWhy}
              title={isWhy ? undefined : rightsWords.giveWhy}
              onClick={() => void reset(permit.permit_id)}
            >
              {rightsWords.neutralOne}
            </button>
          )
        }
      </Permits>
      {mayReset && (
        <>
          <ReasonField reason={why} usual={rightsWords.neutralReasons} />
          {isSure.value ? (
            <p class="consequences tone-warn">
              <StateMark tone="warn" /> {rightsWords.neutralSure}
            </p>
          ) : (
            <button type="button" class="button" onClick={() => (isSure.value = true)}>
              {rightsWords.neutralAll}
            </button>
          )}
        </>
      )}
      <Said
        trouble={trouble.value}
        hint={said.value || (isSure.value && !isWhy ? rightsWords.giveWhy : rightsWords.lookHint)}
      />
    </Sheet>
  );
}

function Permits({
  told,
  children,
}: {
  readonly told: Told<PermitsData> | undefined;
  readonly children: (permit: PermitView) => ComponentChildren;
}) {
  if (told?.kind !== "ok") return null;
  const { plate, permits } = told.value;
  if (permits.length === 0) return <p class="empty">{rightsWords.noPermit(plate)}</p>;
  return (
    <ul class="right-list">
      {permits.map((permit) => (
        <Permit key={permit.permit_id} permit={permit}>
          {children(permit)}
        </Permit>
      ))}
    </ul>
  );
}

function Permit({
  permit,
  children,
}: {
  readonly permit: PermitView;
  readonly children: ComponentChildren;
}) {
  const zone = facility.value?.timezone ?? "UTC";
  const tone = permit.holds ? "ok" : "warn";
  const { pool } = permit;
  return (
    <Row
      head={
        <>
          {permit.plates.map((plate) => (
            <Plate key={plate} plate={plate} raw={plate} label={words.plateLabel(plate)} />
          ))}{" "}
          <strong>{permit.holder ?? permit.permit_id}</strong>{" "}
          <span class={`tone-${tone}`}>
            <StateMark tone={tone} /> {permit.sentence}
          </span>
        </>
      }
      facts={[
        rightsWords.permitKinds[permit.kind] ?? permit.kind,
        rightsWords.until(momentText(Date.parse(permit.valid_until), zone)),
        pool === null ? "" : rightsWords.pool(pool.name, pool.used_by_others, pool.capacity),
        ...permit.presences.map(
          ({ plate, state, since }) =>
            `${plate} ${rightsWords.presence[state] ?? state} ${rightsWords.since(momentText(Date.parse(since), zone))}`,
        ),
      ]}
    >
      {children}
    </Row>
  );
}
