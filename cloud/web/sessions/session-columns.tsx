import "./session-columns.css";
import type { ReportAbout } from "@gatehouse/shared/contracts/reports/report";
import type { SessionRow } from "@gatehouse/shared/contracts/reports/services";
import { durationText } from "../../../shared/web/duration.ts";
import { Plate } from "../../../shared/web/plate.tsx";
import { StateMark, type Tone } from "../../../shared/web/state-mark.tsx";
import { unknown } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import type { Column } from "../frame/data-table.tsx";
import { Moment, Money } from "../frame/values.tsx";
import { sessionWords as words } from "./session-words.ts";
import { classText, stateText, terms } from "./terms.ts";

/** What a table of sessions shows; `plate` leads to the session's own page. */
export function sessionColumns(
  about: ReportAbout,
  list: "inside" | "all",
): readonly Column<SessionRow>[] {
  const { facility_id, timezone, currency } = about;
  const plate: Column<SessionRow> = {
    key: "vehicle_number",
    title: words.plate,
    value: (row) => row.vehicle_number,
    show: (row) => (
      <a class="plain" href={facilityAddress(facility_id, "session", { id: row.session_id })}>
        <PlateOf plate={row.vehicle_number} />
      </a>
    ),
  };
  const entry: Column<SessionRow> = {
    key: "entry_time",
    title: words.entry,
    value: (row) => row.entry_time,
    show: (row) => (
      <span class="no-break">
        <Moment at={row.entry_time} timezone={timezone} />
      </span>
    ),
  };
  const exit: Column<SessionRow> = {
    key: "exit_time",
    title: words.exit,
    value: (row) => row.exit_time,
    show: (row) => (
      <span class="no-break">
        <Moment at={row.exit_time} timezone={timezone} />
      </span>
    ),
  };
  const duration: Column<SessionRow> = {
    key: "duration_hours",
    title: words.duration,
    kind: "number",
    value: (row) => row.duration_hours,
    show: (row) => stayText(row.duration_seconds),
  };
  const rest: readonly Column<SessionRow>[] = [
    {
      key: "lanes",
      title: words.lanes,
      value: lanesText,
      show: (row) => <span class="no-break">{lanesText(row)}</span>,
    },
    {
      key: "space",
      title: words.space,
      value: (row) => placeText(row),
      show: (row) => placeText(row) ?? unknown,
    },
    {
      key: "vehicle_class",
      title: words.vehicleClass,
      value: (row) => row.vehicle_class,
      show: (row) => classText(row.vehicle_class),
    },
    {
      key: "owner",
      title: words.owner,
      value: (row) => row.owner ?? row.permit_id,
      show: (row) => row.owner ?? row.permit_id ?? "",
    },
  ];
  const money: readonly Column<SessionRow>[] = [
    {
      key: "total_amount",
      title: words.amount,
      kind: "number",
      value: (row) => row.total_amount,
      show: (row) => <Money minor={row.total_amount_minor} currency={currency} />,
    },
    {
      key: "payment_status",
      title: words.payment,
      value: (row) => row.payment_status,
      show: (row) => (
        <>
          <StateMark tone={paymentTones[row.payment_status]} /> {terms.payment[row.payment_status]}
        </>
      ),
    },
  ];
  const state: Column<SessionRow> = {
    key: "state",
    title: words.state,
    value: (row) => row.state,
    show: (row) => <span class="no-break">{stateText(row)}</span>,
  };
  if (list === "inside") return [plate, duration, entry, state, ...rest];
  return [plate, entry, exit, duration, ...money, state, ...rest];
}

const paymentTones: Readonly<Record<SessionRow["payment_status"], Tone>> = {
  paid: "ok",
  unpaid: "bad",
  "part-paid": "warn",
  free: "ok",
  "not-yet": "unknown",
};

/** A plate as it looks; a vehicle that nobody could read has none. */
export function PlateOf({ plate, raw }: { readonly plate: string | null; readonly raw?: string }) {
  const text = plate ?? "";
  return (
    <Plate
      plate={text}
      raw={raw ?? text}
      label={text === "" ? words.noPlate : words.plateOf(text)}
    />
  );
}

/** How long a vehicle stayed. */
export const stayText = (seconds: number | null): string =>
  seconds === null ? unknown : durationText(seconds * 1000);

const lanesText = ({ entry_lane, exit_lane }: SessionRow): string =>
  [entry_lane, exit_lane].filter((lane) => lane !== null).join(" → ");

const placeText = ({ space_id, zone_name }: SessionRow): string | null =>
  [space_id, zone_name].filter((each) => each !== null).join(" · ") || null;
