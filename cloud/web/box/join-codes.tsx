import { CodeMade, type FacilityTokens } from "@gatehouse/shared/contracts/enrolment";
import { useSignal } from "@preact/signals";
import { ShownOnce } from "../account/shown-once.tsx";
import { ActForm, textIn } from "../frame/act-form.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { Moment } from "../frame/values.tsx";
import { boxWords as words } from "./box-words.ts";

type Code = FacilityTokens["codes"][number];

/** Codes that a computer may still join with, and a way to make one, which is shown once. */
export function JoinCodes({
  path,
  timezone,
  codes,
  again,
}: {
  /** The facility's own address. */
  readonly path: string;
  readonly timezone: string;
  readonly codes: readonly Code[];
  readonly again: () => void;
}) {
  const made = useSignal<string | undefined>(undefined);
  const isMaking = useSignal(false);
  const command = made.value && `gatehouse cloud join ${location.origin} ${made.value}`;
  return (
    <PageSection title={words.codes}>
      <p class="quiet">{words.codesHint}</p>
      {command !== undefined && (
        <ShownOnce
          hint={words.codeShown}
          copied={command}
          doneText={words.done}
          onDone={() => (made.value = undefined)}
        >
          <code>{command}</code>
        </ShownOnce>
      )}
      <DataTable
        caption={words.codes}
        columns={columnsAt(timezone)}
        rows={codes}
        keyOf={({ created_at }) => created_at}
        empty={words.noCodes}
      />
      {isMaking.value ? (
        <ActForm
          label={words.makeCode}
          path={`${path}/codes`}
          contract={CodeMade}
          bodyOf={(form) => ({ hours: Number(textIn(form, "hours")) })}
          acts={{ save: words.makeCode, cancel: words.cancel }}
          onDone={({ code }) => {
            made.value = code;
            isMaking.value = false;
            again();
          }}
          onCancel={() => (isMaking.value = false)}
        >
          <label>
            {words.holds}
            <select name="hours">
              {Object.entries(words.hours).map(([hours, text]) => (
                <option key={hours} value={hours}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        </ActForm>
      ) : (
        <button type="button" class="button" onClick={() => (isMaking.value = true)}>
          {words.makeCode}
        </button>
      )}
    </PageSection>
  );
}

const columnsAt = (timezone: string): readonly Column<Code>[] => [
  {
    key: "created_at",
    title: words.codeMade,
    value: ({ created_at }) => created_at,
    show: ({ created_at }) => <Moment at={created_at} timezone={timezone} />,
  },
  {
    key: "expires_at",
    title: words.codeEnds,
    value: ({ expires_at }) => expires_at,
    show: ({ expires_at }) => <Moment at={expires_at} timezone={timezone} />,
  },
];
