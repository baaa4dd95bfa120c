import type {
  EventTold,
  ForecastReport,
  ForecastTold,
  HolidayTold,
} from "@gatehouse/shared/contracts/reports/outlook";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Accuracy, Backtest, TestedHorizon } from "../../domain/forecast/backtest.ts";
import { hourOfDay, hoursFrom } from "../../domain/forecast/civil-hours.ts";
import { type Forecast, forecast } from "../../domain/forecast/forecast.ts";
import type { Calendar } from "../../domain/forecast/series.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { readEvents, readHolidays } from "./calendar.ts";
import { readPastHours } from "./past-hours.ts";

/** Events that ended longer ago teach nothing: the hours they lay in are not learnt from. */
const eventsSinceMs = 120 * 86_400_000;

/** Occupancy and revenue of the coming days, hour by hour. */
export async function readForecast(desk: ReportDesk, days: number): Promise<ForecastReport> {
  const [past, holidays, events] = await Promise.all([
    readPastHours(desk),
    readHolidays(desk),
    readEvents(desk, new Date(desk.now - eventsSinceMs)),
  ]);
  const calendar = calendarOf(holidays, events);
  const coming = hoursFrom(desk.now, days * 24, desk.timezone);
  const last = coming.at(-1)?.day ?? desk.today;
  return {
    about: desk.about,
    days,
    occupancy_of: past.occupancyOf,
    capacity: past.occupancy.capacity ?? null,
    occupancy: told(forecast(past.occupancy, coming, calendar), tenths),
    revenue: told(forecast(past.revenue, coming, calendar), Math.round),
    holidays: holidays.filter(({ day }) => day >= desk.today && day <= last),
    events: events.filter(
      ({ begins_at, ends_at }) =>
        Date.parse(ends_at) > desk.now && Date.parse(begins_at) < (coming.at(-1)?.start ?? 0),
    ),
  };
}

const calendarOf = (holidays: readonly HolidayTold[], events: readonly EventTold[]): Calendar => ({
  holidays: new Set(holidays.map(({ day }) => day)),
  events: events.map(({ name, begins_at, ends_at, expected_percent }) => ({
    name,
    from: Date.parse(begins_at) as Instant,
    to: Date.parse(ends_at) as Instant,
    expectedPercent: expected_percent,
  })),
});

const tenths = (value: number): number => Math.round(10 * value) / 10;

/** @param round as whole as what is counted */
function told(made: Forecast, round: (value: number) => number): ForecastTold {
  if (made.kind === "too-little")
    return { kind: made.kind, known_days: made.knownDays, needed_days: made.neededDays };
  const bound = (value: number | undefined): number | null =>
    value === undefined ? null : round(value);
  return {
    kind: "forecast",
    method: made.method,
    known_days: made.knownDays,
    hours: made.hours.map(({ hour, expected, low, high }) => ({
      start: isoOf(hour.start),
      day: hour.day,
      hour: hourOfDay(hour.slot),
      expected: round(expected),
      low: bound(low),
      high: bound(high),
    })),
    backtest: made.backtest === undefined ? null : testedAs(made.backtest),
  };
}

const testedAs = ({ origins, all, byHorizon }: Backtest) => ({
  origins,
  all: horizonAs(all),
  by_horizon: byHorizon.map(horizonAs),
});

const horizonAs = ({ from, to, hours, model, naive }: TestedHorizon) => ({
  from_day: from,
  to_day: to,
  hours,
  model: accuracyAs(model),
  naive: accuracyAs(naive),
});

const accuracyAs = ({ mae, wape }: Accuracy) => ({
  mae: Math.round(100 * mae) / 100,
  wape_percent: wape === undefined ? null : Math.round(10_000 * wape) / 100,
});
