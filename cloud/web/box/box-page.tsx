import "../account/account.css";
import { FacilityTokens } from "@gatehouse/shared/contracts/enrolment";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { momentText } from "../format.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { ConfirmedAct } from "../frame/confirmed-act.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { PageSection } from "../frame/page-section.tsx";
import type { FacilityPageProps } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { boxWords as words } from "./box-words.ts";
import { JoinCodes } from "./join-codes.tsx";

type Token = FacilityTokens["tokens"][number];

/** A token's state: `waiting` until it is used for the first time. */
const stateOf = ({ first_used_at, revoked_at }: Token): "live" | "waiting" | "revoked" => {
  if (revoked_at !== null) return "revoked";
  return first_used_at === null ? "waiting" : "live";
};

const tones: Readonly<Record<ReturnType<typeof stateOf>, Tone>> = {
  live: "ok",
  waiting: "warn",
  revoked: "unknown",
};

/** The tokens of a facility's own computer, to revoke those of a stolen one, and codes to join with. */
export function BoxPage({ facility }: FacilityPageProps) {
  const path = `/api/facilities/${encodeURIComponent(facility.facilityId)}`;
  const answer = useAnswer(`${path}/tokens`, FacilityTokens);
  const { timezone } = facility;
  return (
    <>
      <PageHead
        title={`${words.title} · ${facility.name}`}
        sentence={answer.value && sentenceOf(answer.value, timezone)}
      >
        <p class="quiet">{words.definition}</p>
      </PageHead>
      <Answered answer={answer}>
        {({ tokens, codes }) => (
          <>
            <PageSection title={words.tokens}>
              <DataTable
                caption={words.tokens}
                columns={columnsAt(timezone, path, answer.again)}
                rows={tokens}
                keyOf={({ token }) => token}
                empty={words.noTokens}
              />
            </PageSection>
            <JoinCodes path={path} timezone={timezone} codes={codes} again={answer.again} />
          </>
        )}
      </Answered>
    </>
  );
}

function sentenceOf({ tokens }: FacilityTokens, timezone: string): string {
  const open = tokens.filter(({ revoked_at }) => revoked_at === null);
  if (open.length === 0) return words.notYet;
  const lastUses = open.flatMap(({ last_used_at, first_used_at }) => {
    const at = last_used_at ?? first_used_at;
    return at === null ? [] : [at];
  });
  const last = lastUses.toSorted().at(-1);
  return last === undefined ? words.unused : words.inUse(momentText(last, timezone));
}

const columnsAt = (timezone: string, path: string, again: () => void): readonly Column<Token>[] => {
  const moment = (at: string | null, otherwise: string) =>
    at === null ? <span class="quiet">{otherwise}</span> : <Moment at={at} timezone={timezone} />;
  return [
    {
      key: "token",
      title: words.token,
      value: ({ token }) => token,
      show: ({ token }) => <code>{token}</code>,
    },
    {
      key: "state",
      title: words.state,
      value: stateOf,
      show: (row) => (
        <>
          <StateMark tone={tones[stateOf(row)]} />{" "}
          {row.revoked_at === null
            ? words.states[stateOf(row)]
            : words.revokedAt(momentText(row.revoked_at, timezone))}
        </>
      ),
    },
    {
      key: "created_at",
      title: words.made,
      value: ({ created_at }) => created_at,
      show: ({ created_at }) => moment(created_at, ""),
    },
    {
      key: "first_used_at",
      title: words.firstUsed,
      value: ({ first_used_at }) => first_used_at,
      show: ({ first_used_at }) => moment(first_used_at, words.never),
    },
    {
      key: "last_used_at",
      title: words.lastUsed,
      value: ({ last_used_at }) => last_used_at,
      show: ({ last_used_at, first_used_at }) =>
        moment(last_used_at, first_used_at === null ? words.never : words.notKept),
    },
    {
      key: "acts",
      title: words.acts,
      value: () => "",
      show: ({ token, revoked_at }) =>
        revoked_at === null && (
          <ConfirmedAct
            name={words.revoke}
            question={words.revokeQuestion(token)}
            act={() => ask("POST", `${path}/tokens/${token}/revoke`, nothing, {})}
            onDone={again}
          />
        ),
    },
  ];
};
