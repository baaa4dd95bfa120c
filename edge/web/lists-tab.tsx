import type { ListEntryView, ListsData } from "@gatehouse/shared/contracts/rights";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { Plate } from "../../shared/web/plate.tsx";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { news } from "./connection.ts";
import { momentText } from "./format.ts";
import { facility } from "./model.ts";
import { ReasonField } from "./reason-field.tsx";
import { askLists, putOnList, takeOffList } from "./rights-api.ts";
import { momentOf } from "./field-times.ts";
import { Field, Kind, Row } from "./rights-fields.tsx";
import { rightsWords } from "./rights-words.ts";
import { Said, Sheet, type SheetProps } from "./sheet.tsx";
import { hideShown } from "./showing.ts";
import { troubleOf } from "./told.ts";
import { words } from "./words.ts";

const lists = ["allow", "deny"] as const;

/** Plates that are always let in or always refused; supervisors change them. */
export function ListsTab({
  mayChange,
  tabs,
}: {
  readonly mayChange: boolean;
  readonly tabs: ComponentChildren;
}) {
  const told = useSignal<Told<ListsData> | undefined>(undefined);
  const search = useSignal("");
  const list = useSignal<(typeof lists)[number]>("deny");
  const [plate, hear, until, why] = [useSignal(""), useSignal(""), useSignal(""), useSignal("")];
  const isAsking = useSignal(false);
  const trouble = useSignal("");
  const said = useSignal("");
  const look = async (): Promise<void> => {
    const asked = search.value;
    const answer = await askLists(asked);
    if (asked === search.value) told.value = answer;
  };
  useEffect(() => void look(), [search.value]);

  const press = async (act: () => ReturnType<typeof putOnList>): Promise<void> => {
    isAsking.value = true;
    const answer = await act();
    isAsking.value = false;
    trouble.value = troubleOf(answer);
    if (answer.kind !== "ok") return;
    said.value = answer.value.sentence;
    [plate.value, hear.value] = ["", ""];
    await look();
  };
  const put = () =>
    putOnList({
      list: list.value,
      plate: plate.value.trim(),
      reason: hear.value.trim(),
      why: why.value.trim(),
      ...(until.value === "" ? {} : { valid_until: momentOf(until.value) }),
    });
  const isWhole = [plate, hear, why].every((field) => field.value.trim() !== "");
  const submit: Pick<SheetProps, "submit"> = mayChange
    ? {
        submit: {
          text: rightsWords.put,
          isPossible: isWhole && news.value === "live",
          press: () => void press(put),
        },
      }
    : {};
  const entries = told.value?.kind === "ok" ? told.value.value.entries : [];
  return (
    <Sheet
      id="rights-title"
      title={rightsWords.title}
      beside={tabs}
      isWide
      isBusy={isAsking.value}
      {...submit}
      onClose={hideShown}
    >
      <div class={mayChange ? "halves" : ""}>
        <section class="right-list">
          <Field type="search" label={rightsWords.searchLists} value={search} max={64} />
          {told.value === undefined && <p class="skeleton skeleton-story" />}
          {told.value?.kind === "ok" && entries.length === 0 && (
            <p class="empty">{rightsWords.noEntries}</p>
          )}
          <ul>
            {entries.map((entry) => (
              <Entry key={`${entry.list} ${entry.plate} ${entry.owner}`} entry={entry}>
                {mayChange && entry.owner === "facility" && (
                  <button
                    type="button"
                    class="button"
                    disabled={isAsking.value || why.value.trim() === ""}
                    title={why.value.trim() === "" ? rightsWords.giveWhy : undefined}
                    onClick={() =>
                      void press(() =>
                        takeOffList({
                          list: entry.list,
                          plate: entry.plate,
                          why: why.value.trim(),
                        }),
                      )
                    }
                  >
                    {rightsWords.takeOff}
                  </button>
                )}
              </Entry>
            ))}
          </ul>
          {told.value?.kind === "ok" && told.value.value.has_more && (
            <p class="quiet">{rightsWords.hasMore}</p>
          )}
        </section>
        {mayChange && (
          <section class="right-form">
            <h3>{rightsWords.putTitle}</h3>
            <Kind name="list" kinds={lists} value={list} texts={rightsWords.lists} />
            <Field label={rightsWords.plate} value={plate} max={32} />
            <Field label={rightsWords.hear} value={hear} max={200} />
            <Field type="datetime-local" label={rightsWords.untilOptional} value={until} />
            <ReasonField reason={why} usual={rightsWords.listReasons} />
          </section>
        )}
      </div>
      <Said
        trouble={trouble.value || troubleOf(told.value)}
        hint={said.value || hintOf(mayChange, isWhole)}
      />
    </Sheet>
  );
}

function hintOf(mayChange: boolean, isWhole: boolean): string {
  if (!mayChange) return rightsWords.supervisorOnly;
  return isWhole ? "\u00A0" : rightsWords.fillList;
}

function Entry({
  entry,
  children,
}: {
  readonly entry: ListEntryView;
  readonly children: ComponentChildren;
}) {
  const zone = facility.value?.timezone ?? "UTC";
  const { plate, valid_until: until } = entry;
  const tone = entry.list === "deny" ? "bad" : "ok";
  return (
    <Row
      head={
        <>
          <Plate plate={plate} raw={plate} label={words.plateLabel(plate)} />{" "}
          <strong class={`tone-${tone}`}>
            <StateMark tone={tone} /> {rightsWords.lists[entry.list]}
          </strong>
        </>
      }
      facts={[
        entry.reason,
        until === null
          ? rightsWords.forGood
          : rightsWords.until(momentText(Date.parse(until), zone)),
        entry.owner === "facility" ? "" : rightsWords.headOffice,
      ]}
    >
      {children}
    </Row>
  );
}
