import { OwnTokens as Tokens, TokenMade } from "@gatehouse/shared/contracts/own-account";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import { useSignal } from "@preact/signals";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageSection } from "../frame/page-section.tsx";
import { Moment } from "../frame/values.tsx";
import { newRequestId } from "../people-state.ts";
import { OwnForm } from "./own-form.tsx";
import { ownWords as words } from "./own-words.ts";
import { ShownOnce } from "./shown-once.tsx";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const dayMs = 86_400_000;

type Token = Tokens["tokens"][number];

/** What a right allows, in words. */
export const rightText = (right: Right): string => words.right[right] ?? right;

/** One's own tokens for tools: made with scopes, shown once, ended. */
export function OwnTokens({ rights }: { readonly rights: readonly Right[] }) {
  const answer = useAnswer("/api/me/tokens", Tokens, "once");
  const made = useSignal<string | undefined>(undefined);
  const isMaking = useSignal(false);
  const shown = made.value;
  return (
    <PageSection title={words.tokens}>
      <p class="quiet">{words.tokensHint}</p>
      {shown !== undefined && (
        <ShownOnce
          hint={words.shownOnce}
          copied={shown}
          doneText={words.done}
          onDone={() => (made.value = undefined)}
        >
          <code>{shown}</code>
        </ShownOnce>
      )}
      <Answered answer={answer}>
        {({ tokens }) => (
          <DataTable
            caption={words.tokens}
            columns={columnsOf(answer.again)}
            rows={tokens}
            keyOf={({ token_id }) => token_id}
            empty={words.noTokens}
          />
        )}
      </Answered>
      {isMaking.value ? (
        <MakeToken
          rights={rights}
          onDone={({ token }) => {
            made.value = token;
            isMaking.value = false;
            answer.again();
          }}
          onCancel={() => (isMaking.value = false)}
        />
      ) : (
        <button type="button" class="button" onClick={() => (isMaking.value = true)}>
          {words.makeToken}
        </button>
      )}
    </PageSection>
  );
}

const columnsOf = (again: () => void): readonly Column<Token>[] => [
  { key: "name", title: words.tokenName, value: (row) => row.name },
  {
    key: "scopes",
    title: words.scopes,
    value: (row) => row.scopes.join(" "),
    show: (row) => row.scopes.map(rightText).join(", "),
  },
  {
    key: "ends_at",
    title: words.ends,
    value: (row) => row.ends_at,
    show: (row) => <Moment at={row.ends_at} timezone={ownTimezone} />,
  },
  {
    key: "last_used_at",
    title: words.used,
    value: (row) => row.last_used_at,
    show: (row) =>
      row.last_used_at === null ? (
        words.never
      ) : (
        <Moment at={row.last_used_at} timezone={ownTimezone} />
      ),
  },
  {
    key: "acts",
    title: words.acts,
    value: () => "",
    show: ({ token_id, name }) => (
      <ConfirmedAct
        name={words.end}
        question={words.endToken(name)}
        act={() =>
          ask("POST", `/api/me/tokens/${token_id}/end`, nothing, { request_id: newRequestId() })
        }
        onDone={again}
      />
    ),
  },
];

function MakeToken({
  rights,
  onDone,
  onCancel,
}: {
  readonly rights: readonly Right[];
  readonly onDone: (made: TokenMade) => void;
  readonly onCancel: () => void;
}) {
  const requestId = useSignal(newRequestId());
  const chosen = useSignal<readonly string[]>([]);
  return (
    <OwnForm
      label={words.makeToken}
      act={words.makeToken}
      isWide
      isPrimary
      cancel={{ text: words.cancel, go: onCancel }}
      send={async (typed, form) => {
        const told = await ask("POST", "/api/me/tokens", TokenMade, {
          request_id: requestId.value,
          name: typed("name"),
          scopes: form.getAll("scope"),
          ends_at: new Date(Date.now() + Number(typed("days")) * dayMs).toISOString(),
        });
        if (told.kind === "refused") requestId.value = newRequestId();
        return told;
      }}
      onDone={onDone}
    >
      <label>
        {words.tokenName}
        <input name="name" required maxlength={60} autocomplete="off" />
      </label>
      <label>
        {words.life}
        <select name="days">
          {Object.entries(words.lifeDays).map(([days, text]) => (
            <option key={days} value={days}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>{words.scopes}</legend>
        {rights.map((right) => (
          <label class="tick" key={right}>
            <input
              type="checkbox"
              name="scope"
              value={right}
              required={chosen.value.length === 0}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                const others = chosen.value.filter((each) => each !== right);
                chosen.value = checked ? [...others, right] : others;
              }}
            />
            {rightText(right)}
          </label>
        ))}
      </fieldset>
    </OwnForm>
  );
}
