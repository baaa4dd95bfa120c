import { SessionPage, VehicleAnalytics } from "@gatehouse/shared/contracts/reports/services";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { countText } from "../format.ts";
import { askPage } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { FigureList } from "../frame/figure-list.tsx";
import { usePages } from "../frame/more.ts";
import { ReportHead } from "../frame/page-head.tsx";
import type { FacilityAt, FacilityPageProps } from "../frame/page.ts";
import { PageSection } from "../frame/page-section.tsx";
import { Moment, Money } from "../frame/values.tsx";
import { methodText } from "../reports/method-text.ts";
import { reportPath } from "../reports/report-path.ts";
import { PlateOf, sessionColumns, stayText } from "../sessions/session-columns.tsx";
import { vehicleWords as words } from "./vehicle-words.ts";

/** One vehicle by its plate: how often it was here, what it paid and how, where it stood. */
export function VehiclePage({ facility, question }: FacilityPageProps) {
  const { plate = "" } = question;
  const answer = useAnswer(
    plate === "" ? undefined : reportPath(facility.facilityId, "vehicle", { plate }),
    VehicleAnalytics,
  );
  const told = plate === "" ? undefined : answer.value;
  return (
    <>
      <ReportHead
        facility={facility}
        title={words.title}
        about={told?.about}
        definition={words.definition}
        sentence={plate === "" ? words.ask : told && sentenceOf(told)}
      >
        <PlateSearch plate={plate} />
      </ReportHead>
      {plate !== "" && (
        <Answered answer={answer} skeleton="figures">
          {(vehicle) => (
            <>
              <VehicleFigures vehicle={vehicle} />
              {vehicle.total_visits > 0 && (
                <>
                  <Methods vehicle={vehicle} />
                  <Visits facility={facility} plate={vehicle.vehicle_number} />
                </>
              )}
            </>
          )}
        </Answered>
      )}
    </>
  );
}

const sentenceOf = ({ vehicle_number, total_visits }: VehicleAnalytics): string =>
  total_visits === 0
    ? words.never(vehicle_number)
    : words.sentence(vehicle_number, countText(total_visits), total_visits === 1);

function PlateSearch({ plate }: { readonly plate: string }) {
  const typed = useSignal(plate);
  useEffect(() => {
    typed.value = plate;
  }, [plate]);
  return (
    <search>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          askPage({ plate: typed.value.trim() || undefined });
        }}
      >
        <label>
          <span>{words.search}</span>
          <input
            type="search"
            required
            maxlength={50}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            value={typed}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          {words.show}
        </button>
      </form>
    </search>
  );
}

function VehicleFigures({ vehicle }: { readonly vehicle: VehicleAnalytics }) {
  const { about, total_visits, average_duration_seconds } = vehicle;
  const { currency, timezone } = about;
  const hasCome = total_visits > 0;
  return (
    <>
      <p>
        <PlateOf plate={vehicle.vehicle_number} />
      </p>
      <FigureList
        figures={[
          { label: words.visits, value: countText(total_visits) },
          {
            label: words.expense,
            value: <Money minor={vehicle.total_expense_minor} currency={currency} />,
          },
          ...(hasCome
            ? [
                {
                  label: words.averageCost,
                  value: (
                    <Money
                      minor={Math.round(vehicle.total_expense_minor / total_visits)}
                      currency={currency}
                    />
                  ),
                },
                { label: words.averageStay, value: stayText(average_duration_seconds) },
              ]
            : []),
        ]}
      />
      {hasCome && (
        <dl class="facts">
          {vehicle.preferred_zone !== null && (
            <div>
              <dt>{words.zone}</dt>
              <dd>{vehicle.preferred_zone}</dd>
            </div>
          )}
          <div>
            <dt>{words.firstVisit}</dt>
            <dd>
              <Moment at={vehicle.first_visit} timezone={timezone} />
            </dd>
          </div>
          <div>
            <dt>{words.lastVisit}</dt>
            <dd>
              <Moment at={vehicle.last_visit} timezone={timezone} />
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

function Methods({ vehicle }: { readonly vehicle: VehicleAnalytics }) {
  return (
    <PageSection title={words.methods}>
      <DataTable
        caption={words.methods}
        columns={[
          {
            key: "payment_method",
            title: words.method,
            value: (row) => row.payment_method,
            show: ({ payment_method }) => methodText(payment_method),
          },
          {
            key: "count",
            title: words.payments,
            kind: "number",
            value: (row) => row.count,
            show: ({ count }) => countText(count),
          },
          {
            key: "amount",
            title: words.amount,
            kind: "number",
            value: (row) => row.amount,
            show: (row) => <Money minor={row.amount_minor} currency={vehicle.about.currency} />,
          },
        ]}
        rows={vehicle.payment_methods}
        keyOf={({ payment_method }) => payment_method}
        empty={words.nothingPaid}
      />
    </PageSection>
  );
}

function Visits({ facility, plate }: { readonly facility: FacilityAt; readonly plate: string }) {
  const { first, rows, more, isAskingMore } = usePages(
    reportPath(facility.facilityId, "sessions", { plate }),
    SessionPage,
    (page) => page.sessions,
  );
  return (
    <PageSection title={words.allVisits}>
      <Answered answer={first}>
        {({ about }) => (
          <DataTable
            caption={`${words.allVisits} ${plate}`}
            columns={sessionColumns(about, "all")}
            rows={rows}
            keyOf={({ session_id }) => session_id}
            isSortable={more === undefined}
            onMore={more}
            isAskingMore={isAskingMore}
          />
        )}
      </Answered>
    </PageSection>
  );
}
