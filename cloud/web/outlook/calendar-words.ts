import { inLanguage } from "../frame/language.ts";

/** What is said of public holidays and events. */
const en = {
  events: "Events",
  eventsHint:
    "A fair, a match, a closed street. Keep past ones too: the next of the same name is then forecast by what they did.",
  noEvents: "No event is kept.",
  holidays: "Public holidays",
  holidaysHint: "Days that the tariff names count by themselves.",
  noHolidays: "No public holiday is known here.",
  name: "Name",
  day: "Day",
  from: "From",
  to: "To",
  expected: "Per cent more or fewer",
  expectedHint: "as before",
  learnt: "as earlier ones",
  percent: (value: string) => `${value} %`,
  keptHere: "kept here",
  ofTariff: "named by the tariff",
  source: "From",
  add: "Keep it",
  takeAway: "Take away",
  takeAwayName: (name: string) => `Take away ${name}`,
  noMoment: "Write when it begins and ends.",
  act: "Change",
};

const de: typeof en = {
  events: "Ereignisse",
  eventsHint:
    "Eine Messe, ein Spiel, eine gesperrte Straße. Tragen Sie auch vergangene ein: Das nächste gleichen Namens wird dann danach vorhergesagt, was sie bewirkt haben.",
  noEvents: "Kein Ereignis ist eingetragen.",
  holidays: "Feiertage",
  holidaysHint: "Tage, die der Tarif nennt, zählen von selbst.",
  noHolidays: "Hier ist kein Feiertag bekannt.",
  name: "Name",
  day: "Tag",
  from: "Von",
  to: "Bis",
  expected: "Prozent mehr oder weniger",
  expectedHint: "wie früher",
  learnt: "wie frühere",
  percent: (value) => `${value} %`,
  keptHere: "hier eingetragen",
  ofTariff: "im Tarif genannt",
  source: "Woher",
  add: "Eintragen",
  takeAway: "Entfernen",
  takeAwayName: (name) => `${name} entfernen`,
  noMoment: "Geben Sie an, wann es beginnt und endet.",
  act: "Ändern",
};

const es: typeof en = {
  events: "Eventos",
  eventsHint:
    "Una feria, un partido, una calle cortada. Anote también los pasados: el siguiente del mismo nombre se prevé entonces por lo que causaron.",
  noEvents: "No hay ningún evento anotado.",
  holidays: "Festivos",
  holidaysHint: "Los días que nombra la tarifa cuentan por sí solos.",
  noHolidays: "Aquí no se conoce ningún festivo.",
  name: "Nombre",
  day: "Día",
  from: "Desde",
  to: "Hasta",
  expected: "Por ciento más o menos",
  expectedHint: "como antes",
  learnt: "como los anteriores",
  percent: (value) => `${value} %`,
  keptHere: "anotado aquí",
  ofTariff: "nombrado por la tarifa",
  source: "Origen",
  add: "Anotar",
  takeAway: "Quitar",
  takeAwayName: (name) => `Quitar ${name}`,
  noMoment: "Indique cuándo empieza y cuándo termina.",
  act: "Cambiar",
};

export const calendarWords = inLanguage({ en, de, es });
