import { useSignal } from "@preact/signals";
import {
  TariffSent,
  type TariffsTold,
  type TariffVersion,
} from "@gatehouse/shared/contracts/rules/tariffs";
import { ask, type Told } from "../../../shared/web/ask.ts";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { minuteText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import type { FacilityAt } from "../frame/page.ts";
import { Moment } from "../frame/values.tsx";
import { mayI } from "../own-rights.ts";
import { newRequestId } from "../people-state.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { tariffWords as words } from "./tariff-words.ts";

/**
 * Versions of tariffs from the farthest planned to the oldest: when they hold and how far they have come. One that is
 * planned can be taken back.
 */
export function VersionTable({
  told,
  facility,
  onWithdrawn,
}: {
  readonly told: TariffsTold;
  readonly facility: FacilityAt;
  readonly onWithdrawn: (number: number) => void;
}) {
  const asked = useSignal<TariffVersion | undefined>(undefined);
  return (
    <>
      <DataTable
        caption={`${words.timeline} ${facility.name}`}
        columns={columnsOf(told, facility, (version) => (asked.value = version))}
        rows={told.versions}
        empty={words.noVersions}
        keyOf={({ tariff_id, version }) => `${tariff_id} ${version}`}
      />
      {asked.value !== undefined && (
        <WithdrawForm
          key={`${asked.value.tariff_id} ${asked.value.version}`}
          version={asked.value}
          facilityId={facility.facilityId}
          onClose={() => (asked.value = undefined)}
          onWithdrawn={onWithdrawn}
        />
      )}
    </>
  );
}

function columnsOf(
  told: TariffsTold,
  { facilityId, timezone }: FacilityAt,
  onWithdraw: (version: TariffVersion) => void,
): readonly Column<TariffVersion>[] {
  const mayChange = mayI("set-prices");
  const acts: Column<TariffVersion> = {
    key: "acts",
    title: words.acts,
    value: () => null,
    show: (row) => (
      <span class="version-acts">
        <a
          href={facilityAddress(facilityId, "tariff", { of: `${row.tariff_id}/${row.version}` })}
          aria-label={`${words.copy}: ${nameOf(row)}`}
        >
          {words.copy}
        </a>
        {row.place === "planned" && (
          <button
            type="button"
            class="link"
            aria-label={`${words.withdraw}: ${nameOf(row)}`}
            onClick={() => onWithdraw(row)}
          >
            {words.withdraw}
          </button>
        )}
      </span>
    ),
  };
  return [
    {
      key: "tariff",
      title: words.tariff,
      value: (row) => nameOf(row),
      show: (row) => (row.place === "in-force" ? <strong>{nameOf(row)}</strong> : nameOf(row)),
    },
    {
      key: "place",
      title: words.place,
      value: (row) => row.place,
      show: (row) => (
        <>
          <StateMark tone={places[row.place]} /> {words.places[row.place]}
        </>
      ),
    },
    {
      key: "valid_from",
      title: words.holds,
      value: (row) => row.valid_from,
      show: (row) => reignText(row, told, timezone),
    },
    {
      key: "state",
      title: words.atFacility,
      value: (row) => row.state,
      show: (row) => (
        <>
          <StateMark tone={tones[row.state]} /> {stateText(row)}
        </>
      ),
    },
    {
      key: "published_at",
      title: words.published,
      value: (row) => row.published_at,
      show: (row) => (
        <>
          <Moment at={row.published_at} now={told.as_of} timezone={timezone} />
          {row.published_by !== null && ` ${words.by} ${row.published_by}`}
          {row.why !== null && <small class="version-why">{row.why}</small>}
        </>
      ),
    },
    ...(mayChange ? [acts] : []),
  ];
}

const nameOf = ({ name, tariff_id, version }: TariffVersion): string =>
  `${name} (${tariff_id} v${version})`;

const tones: Readonly<Record<TariffVersion["state"], Tone>> = {
  sent: "warn",
  applied: "ok",
  refused: "bad",
  withdrawn: "unknown",
};

const places: Readonly<Record<TariffVersion["place"], Tone>> = {
  planned: "warn",
  "in-force": "ok",
  past: "unknown",
  never: "unknown",
};

function stateText({ state, directive_number: number, detail }: TariffVersion): string {
  if (state === "sent") return words.sent(number);
  return state === "refused" ? words.refused(number, detail ?? "") : words.states[state];
}

/** When a version really holds: a later one may cut it short. */
function reignText(row: TariffVersion, { timeline }: TariffsTold, timezone: string): string {
  const own = timeline.filter(
    ({ tariff_id, version }) => tariff_id === row.tariff_id && version === row.version,
  );
  const spans = own.map(({ from, until }) =>
    until === null
      ? words.fromOn(minuteText(from, timezone))
      : words.between(minuteText(from, timezone), minuteText(until, timezone)),
  );
  return spans.length === 0 ? words.places.never : spans.join("; ");
}

function WithdrawForm({
  version,
  facilityId,
  onClose,
  onWithdrawn,
}: {
  readonly version: TariffVersion;
  readonly facilityId: string;
  readonly onClose: () => void;
  readonly onWithdrawn: (number: number) => void;
}) {
  const why = useSignal("");
  const trouble = useSignal<Exclude<Told<unknown>, { kind: "ok" }> | undefined>(undefined);
  const submit = async (): Promise<void> => {
    const { tariff_id: id, version: number } = version;
    const base = `/v1/facilities/${encodeURIComponent(facilityId)}/tariffs`;
    const told = await ask(
      "POST",
      `${base}/${encodeURIComponent(id)}/${number}/withdraw`,
      TariffSent,
      {
        request_id: newRequestId(),
        why: why.value,
      },
    );
    if (told.kind !== "ok") {
      trouble.value = told;
      return;
    }
    onClose();
    onWithdrawn(told.value.number);
  };
  return (
    <form
      class="withdraw"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label>
        <span>{words.withdrawWhy(nameOf(version))}</span>
        <input
          required
          maxlength={200}
          value={why.value}
          onInput={({ currentTarget }) => (why.value = currentTarget.value)}
        />
      </label>
      {trouble.value !== undefined && (
        <RuleProblem told={trouble.value} refusals={words.refusals} />
      )}
      <div class="form-acts">
        <button type="submit" class="button primary">
          {words.withdraw}
        </button>
        <button type="button" class="link" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
