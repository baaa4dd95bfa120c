import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ReplayTold } from "@gatehouse/shared/contracts/rules/tariffs";
import { ask, type Told } from "../../../shared/web/ask.ts";
import { countText, dayText, moneyText, minuteText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { Money } from "../frame/values.tsx";
import { PlateOf } from "../sessions/session-columns.tsx";
import { classText } from "../sessions/terms.ts";
import type { DraftDesk } from "./draft-desk.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { tariffWords as words } from "./tariff-words.ts";

/** A month of a large facility is hundreds of thousands of stays. */
const patienceMs = 180_000;

/** What the last month's real stays would have cost under the tariff as it stands. */
export function MonthReplay({ desk }: { readonly desk: DraftDesk }) {
  const told = useSignal<Told<ReplayTold> | undefined>(undefined);
  const isAsking = useSignal(false);
  const { facilityId } = desk.facility;
  const leaving = useMemo(() => new AbortController(), []);
  useEffect(() => () => leaving.abort(), [leaving]);
  const count = async (): Promise<void> => {
    isAsking.value = true;
    const path = `/v1/facilities/${encodeURIComponent(facilityId)}/tariffs/replay`;
    const asked = { tariff: desk.tariff.value };
    const answer = await ask("POST", path, ReplayTold, asked, {}, leaving.signal, patienceMs);
    if (leaving.signal.aborted) return;
    told.value = answer;
    isAsking.value = false;
  };
  return (
    <section class="month-replay">
      <h2>{words.replay}</h2>
      <p class="quiet">{words.replayHint}</p>
      <button
        type="button"
        class="button"
        disabled={isAsking.value || desk.complaints.value.length > 0}
        onClick={() => void count()}
      >
        {isAsking.value ? words.replaying : words.replayNow}
      </button>
      <div aria-live="polite">
        {told.value?.kind === "ok" ? (
          <Replayed told={told.value.value} facilityId={facilityId} />
        ) : (
          told.value !== undefined && <RuleProblem told={told.value} refusals={words.refusals} />
        )}
      </div>
    </section>
  );
}

type Sums = Pick<ReplayTold, "stays" | "charged_minor" | "draft_minor">;

function Replayed({
  told,
  facilityId,
}: {
  readonly told: ReplayTold;
  readonly facilityId: string;
}) {
  const { currency, more, less, kept, left_out: leftOut, reproduced } = told;
  if (told.stays === 0 && leftOut.length === 0) return <p class="empty">{words.noStays}</p>;
  const caveats = [
    ...kept.map(({ reason, stays }) => words.kept[reason]?.(countText(stays)) ?? reason),
    ...leftOut.map(({ reason, stays }) => words.leftOut[reason]?.(countText(stays)) ?? reason),
    reproduced.stays === 0
      ? words.notReproduced
      : words.reproduced(countText(reproduced.matched), countText(reproduced.stays)),
    words.holidays(countText(told.holidays)),
  ];
  return (
    <div class="replayed">
      <FigureList
        figures={[
          {
            label: words.charged,
            value: <Money minor={told.charged_minor} currency={currency} />,
            aside: words.stays(countText(told.stays)),
          },
          {
            label: words.draft,
            value: <Money minor={told.draft_minor} currency={currency} />,
          },
          {
            label: words.difference,
            value: <Money minor={told.draft_minor - told.charged_minor} currency={currency} />,
          },
        ]}
      />
      <ul class="problem">
        <li>{words.pay.more(countText(more.stays), moneyText(more.minor, currency))}</li>
        <li>{words.pay.less(countText(less.stays), moneyText(less.minor, currency))}</li>
        <li>{words.pay.same(countText(told.same))}</li>
      </ul>
      <h3>{words.byClassHead}</h3>
      <DataTable
        caption={words.byClassHead}
        columns={[
          {
            key: "vehicle_class",
            title: words.vehicleClass,
            value: (row) => classText(row.vehicle_class),
          },
          ...sumColumns<ReplayTold["by_class"][number]>(currency),
        ]}
        rows={told.by_class}
        keyOf={(row) => row.vehicle_class}
      />
      <h3>{words.byDayHead}</h3>
      <DataTable
        caption={words.byDayHead}
        columns={[
          {
            key: "day",
            title: words.day,
            value: (row) => row.day,
            show: (row) => dayText(row.day),
          },
          ...sumColumns<ReplayTold["by_day"][number]>(currency),
        ]}
        rows={told.by_day}
        keyOf={(row) => row.day}
      />
      <h3>{words.largest}</h3>
      <DataTable
        caption={words.largest}
        columns={largestColumns(told, facilityId)}
        rows={told.largest}
        keyOf={(row) => row.session_id}
      />
      <ul class="problem quiet">
        {caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </div>
  );
}

const amount = <Row,>(
  key: string,
  title: string,
  currency: string,
  minor: (row: Row) => number,
): Column<Row> => ({
  key,
  title,
  kind: "number",
  value: minor,
  show: (row) => <Money minor={minor(row)} currency={currency} />,
});

const priceColumns = <Row extends Omit<Sums, "stays">>(currency: string): Column<Row>[] => [
  amount("charged_minor", words.charged, currency, (row: Row) => row.charged_minor),
  amount("draft_minor", words.draft, currency, (row: Row) => row.draft_minor),
  amount(
    "difference_minor",
    words.difference,
    currency,
    (row: Row) => row.draft_minor - row.charged_minor,
  ),
];

const sumColumns = <Row extends Sums>(currency: string): Column<Row>[] => [
  { key: "stays", title: words.count, kind: "number", value: (row) => row.stays },
  ...priceColumns<Row>(currency),
];

type Largest = ReplayTold["largest"][number];

const largestColumns = (told: ReplayTold, facilityId: string): Column<Largest>[] => [
  {
    key: "vehicle_number",
    title: words.plate,
    value: (row) => row.vehicle_number,
    show: (row) => (
      <a class="plain" href={facilityAddress(facilityId, "session", { id: row.session_id })}>
        <PlateOf plate={row.vehicle_number} />
      </a>
    ),
  },
  {
    key: "entry_time",
    title: words.stayed,
    value: (row) => row.entry_time,
    show: (row) =>
      `${minuteText(row.entry_time, told.timezone)} – ${minuteText(row.exit_time, told.timezone)}`,
  },
  ...priceColumns<Largest>(told.currency),
];
