import type { SessionsData, SessionView } from "@gatehouse/shared/contracts/plates";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Told } from "../../shared/web/ask.ts";
import { chooseWords } from "./choose-words.ts";
import { findSessions } from "./desk-api.ts";
import { useDigits } from "./digits.ts";
import { Field } from "./rights-fields.tsx";
import { Vehicle } from "./vehicle.tsx";

/** A shorter part of a plate finds nothing. */
const partLeast = 2;

/** Who is inside, looked for by a part of the plate. */
export interface SessionFinder {
  readonly part: Signal<string>;
  readonly told: Told<SessionsData> | undefined;
  readonly found: readonly SessionView[];
  /** The one chosen, or the only one found. */
  readonly session: SessionView | undefined;
  /** What is missing for a choice, in words; undefined: nothing. */
  readonly hint: string | undefined;
  readonly choose: (sessionId: string) => void;
}

/** Looks for sessions while somebody writes. */
export function useSessionFinder(): SessionFinder {
  const part = useSignal("");
  const told = useSignal<Told<SessionsData> | undefined>(undefined);
  const chosen = useSignal("");
  useEffect(() => {
    const wanted = part.value;
    told.value = undefined;
    if (wanted.trim().length < partLeast) return;
    void findSessions(wanted.trim()).then((answer) => {
      // Somebody has typed on meanwhile.
      if (part.value === wanted) told.value = answer;
    });
  }, [part.value]);
  const data = told.value?.kind === "ok" ? told.value.value : undefined;
  const found = data?.sessions ?? [];
  const session =
    found.find(({ session_id: id }) => id === chosen.value) ??
    (found.length === 1 ? found[0] : undefined);
  return {
    part,
    told: told.value,
    found,
    session,
    hint: session === undefined ? hintOf(data) : undefined,
    choose: (sessionId) => void (chosen.value = sessionId),
  };
}

function hintOf(data: SessionsData | undefined): string {
  if (data === undefined) return chooseWords.findHint;
  if (data.sessions.length === 0) return chooseWords.nothingFound;
  return data.has_more ? chooseWords.hasMore : chooseWords.chooseVehicle;
}

/** The field for a part of the plate, and who was found by it. */
export function FoundSessions({
  finder: { part, found, session, choose },
  group,
  label,
}: {
  readonly finder: SessionFinder;
  /** Of the radio buttons. */
  readonly group: string;
  readonly label: string;
}) {
  useDigits(group);
  return (
    <>
      <Field type="search" label={chooseWords.search} value={part} max={20} />
      <div class="candidates" role="radiogroup" aria-label={label}>
        {found.map((each, index) => (
          <label key={each.session_id} class="choice candidate">
            <input
              type="radio"
              name={group}
              checked={session === each}
              onChange={() => choose(each.session_id)}
            />
            <span>
              <Vehicle session={each} />
              {index < 9 && <kbd>{index + 1}</kbd>}
            </span>
          </label>
        ))}
      </div>
    </>
  );
}
