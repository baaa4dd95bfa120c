import { AdviceReport } from "../reports/advice.ts";
import { DaysOverAsked, ForecastAsked, PeriodAsked } from "../reports/asked.ts";
import { SearchTimeOrder, SustainabilityReport } from "../reports/sustainability.ts";
import {
  CalendarKept,
  EventOrder,
  EventTold,
  ForecastReport,
  HolidayOrder,
} from "../reports/outlook.ts";
import { RetentionOrder, RetentionReport } from "../retention.ts";
import { reportRoute } from "./reports.ts";
import { NoQuery, takes, v1Route } from "./route.ts";

const facility = "/v1/facilities/{facility_id}";
const area = "Outlook";

export const getForecast = reportRoute(
  "getForecast",
  "forecast",
  "see-money",
  "Occupancy and takings of the hours to come, and how such forecasts did on the past.",
  { query: ForecastAsked, answer: ForecastReport },
);

export const getCalendar = reportRoute(
  "getCalendar",
  "calendar",
  "see-reports",
  "The public holidays and events that are kept.",
  { query: NoQuery, answer: CalendarKept },
);

export const keepHoliday = v1Route({
  id: "keepHoliday",
  method: "POST",
  path: `${facility}/holidays`,
  area,
  summary: "Keeps a day as a public holiday.",
  access: takes("make-reports"),
  body: HolidayOrder,
  answer: "nothing",
});

export const deleteHoliday = v1Route({
  id: "deleteHoliday",
  method: "DELETE",
  path: `${facility}/holidays/{day}`,
  area,
  summary: "Keeps a day as a public holiday no longer.",
  access: takes("make-reports"),
  answer: "nothing",
  problems: ["no-such-holiday"],
});

export const keepEvent = v1Route({
  id: "keepEvent",
  method: "POST",
  path: `${facility}/events`,
  area,
  summary: "Keeps an event, to come or past, from which the forecast learns.",
  access: takes("make-reports"),
  body: EventOrder,
  answer: EventTold,
  status: 201,
});

export const deleteEvent = v1Route({
  id: "deleteEvent",
  method: "DELETE",
  path: `${facility}/events/{event_id}`,
  area,
  summary: "Keeps an event no longer.",
  access: takes("make-reports"),
  answer: "nothing",
  problems: ["no-such-event"],
});

export const getAdvice = reportRoute(
  "getAdvice",
  "advice",
  "see-money",
  "What head office advises about prices, people, lanes and spaces, each with its evidence.",
  { query: DaysOverAsked, answer: AdviceReport },
);

export const getSustainability = reportRoute(
  "getSustainability",
  "sustainability",
  "see-reports",
  "Time, distance and carbon dioxide that a shorter search saved, with what is assumed.",
  { query: PeriodAsked, answer: SustainabilityReport },
);

export const setSearchTime = v1Route({
  id: "setSearchTime",
  method: "POST",
  path: `${facility}/search-time`,
  area,
  summary: "Sets what is assumed of a search without guidance.",
  access: takes("make-reports"),
  body: SearchTimeOrder,
  answer: "nothing",
});

export const getRetention = reportRoute(
  "getRetention",
  "retention",
  "see-reports",
  "How long what is kept, when it was last gone through, and what was taken out.",
  { query: NoQuery, answer: RetentionReport },
);

export const setRetention = v1Route({
  id: "setRetention",
  method: "POST",
  path: `${facility}/retention`,
  area,
  summary: "Sets how long what is kept.",
  access: takes("delete-reports"),
  body: RetentionOrder,
  answer: "nothing",
});
