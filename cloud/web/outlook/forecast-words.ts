import { inLanguage } from "../frame/language.ts";

/** What the page of the forecast says. */
const en = {
  title: "What is coming?",
  name: "Forecast",
  definition:
    "Learnt from the last 16 weeks: the mean of each hour of the week (recent weeks count more), how busy it is lately with a trend that fades, and what public holidays and events of the same name did. Hours of which nothing is known teach nothing; they are not taken for empty ones. Four in five past hours lay between the lowest and the highest line. The forecast is tried on the past as if it were not known, beside the simplest way there is: the same hour of the week before. The simple way is shown where it was better.",
  days: "How far ahead",
  ahead: (days: string) => `${days} days`,
  sentence: (most: string, when: string, taken: string) =>
    `Fullest on ${when}, ${most}. About ${taken} will be taken.`,
  spacesFull: (count: string) => `some ${count} spaces occupied`,
  vehiclesIn: (count: string) => `some ${count} vehicles inside`,
  tooLittle: (known: string, needed: string) =>
    `Nothing is forecast yet: ${known} days are known, ${needed} are needed.`,
  spaces: "How many spaces will be occupied?",
  vehicles: "How many vehicles will be inside?",
  revenue: "How much will be taken?",
  hour: "Hour",
  expected: "Expected",
  low: "Lowest",
  high: "Highest",
  tested: "How good is it?",
  isModel: (better: string) =>
    `On the past it was better than the same hour last week: its errors are ${better} smaller.`,
  isNaive:
    "On the past it was no better than the same hour last week, so that is what is shown here.",
  untested: "It could not be tried on the past yet: shown is the same hour of last week.",
  what: "What",
  occupancyOf: "Occupancy",
  revenueOf: "Takings",
  horizon: "Days ahead",
  hours: "Hours compared",
  error: "Error an hour",
  errorOfNaive: "With last week's hour",
  share: "Error, share",
  shareOfNaive: "With last week's hour",
  allDays: "all",
};

const de: typeof en = {
  title: "Was kommt?",
  name: "Vorhersage",
  definition:
    "Gelernt aus den letzten 16 Wochen: das Mittel jeder Stunde der Woche (jüngere Wochen zählen mehr), wie viel zuletzt los war mit einem Trend, der ausklingt, und was Feiertage und Ereignisse gleichen Namens bewirkt haben. Stunden, von denen nichts bekannt ist, lehren nichts; sie gelten nicht als leer. Vier von fünf vergangenen Stunden lagen zwischen der niedrigsten und der höchsten Linie. Die Vorhersage wird an der Vergangenheit erprobt, als wäre sie nicht bekannt, neben der einfachsten Art, die es gibt: derselben Stunde der Woche davor. Wo die einfache besser war, wird sie gezeigt.",
  days: "Wie weit voraus",
  ahead: (days) => `${days} Tage`,
  sentence: (most, when, taken) =>
    `Am vollsten ${when}: ${most}. Eingenommen werden rund ${taken}.`,
  spacesFull: (count) => `etwa ${count} Stellplätze belegt`,
  vehiclesIn: (count) => `etwa ${count} Fahrzeuge drinnen`,
  tooLittle: (known, needed) =>
    `Noch wird nichts vorhergesagt: ${known} Tage sind bekannt, ${needed} braucht es.`,
  spaces: "Wie viele Stellplätze werden belegt sein?",
  vehicles: "Wie viele Fahrzeuge werden drinnen sein?",
  revenue: "Wie viel wird eingenommen?",
  hour: "Stunde",
  expected: "Erwartet",
  low: "Niedrigstens",
  high: "Höchstens",
  tested: "Wie gut ist sie?",
  isModel: (better) =>
    `An der Vergangenheit war sie besser als dieselbe Stunde der Vorwoche: Ihre Fehler sind ${better} kleiner.`,
  isNaive:
    "An der Vergangenheit war sie nicht besser als dieselbe Stunde der Vorwoche; darum wird diese gezeigt.",
  untested:
    "An der Vergangenheit konnte sie noch nicht erprobt werden: Gezeigt wird dieselbe Stunde der Vorwoche.",
  what: "Was",
  occupancyOf: "Belegung",
  revenueOf: "Einnahmen",
  horizon: "Tage voraus",
  hours: "Stunden verglichen",
  error: "Fehler je Stunde",
  errorOfNaive: "Mit der Vorwoche",
  share: "Fehler, Anteil",
  shareOfNaive: "Mit der Vorwoche",
  allDays: "alle",
};

const es: typeof en = {
  title: "¿Qué se espera?",
  name: "Previsión",
  definition:
    "Aprendida de las últimas 16 semanas: la media de cada hora de la semana (las semanas recientes cuentan más), la actividad reciente con una tendencia que se va apagando, y el efecto de los festivos y de los eventos del mismo nombre. Las horas de las que no se sabe nada no enseñan nada; no se toman por vacías. Cuatro de cada cinco horas pasadas quedaron entre la línea más baja y la más alta. La previsión se prueba con el pasado como si no se conociera, junto a la forma más simple que hay: la misma hora de la semana anterior. Donde la simple fue mejor, se muestra esa.",
  days: "Con cuánta antelación",
  ahead: (days) => `${days} días`,
  sentence: (most, when, taken) =>
    `La hora más llena es ${when}: ${most}. Se cobrarán unos ${taken}.`,
  spacesFull: (count) => `unas ${count} plazas ocupadas`,
  vehiclesIn: (count) => `unos ${count} vehículos dentro`,
  tooLittle: (known, needed) =>
    `Todavía no se prevé nada: se conocen ${known} días y hacen falta ${needed}.`,
  spaces: "¿Cuántas plazas estarán ocupadas?",
  vehicles: "¿Cuántos vehículos habrá dentro?",
  revenue: "¿Cuánto se cobrará?",
  hour: "Hora",
  expected: "Esperado",
  low: "Mínimo",
  high: "Máximo",
  tested: "¿Es buena?",
  isModel: (better) =>
    `Con el pasado fue mejor que la misma hora de la semana anterior: sus errores son un ${better} menores.`,
  isNaive:
    "Con el pasado no fue mejor que la misma hora de la semana anterior, así que se muestra esta.",
  untested:
    "Aún no se ha podido probar con el pasado: se muestra la misma hora de la semana anterior.",
  what: "Qué",
  occupancyOf: "Ocupación",
  revenueOf: "Ingresos",
  horizon: "Días de antelación",
  hours: "Horas comparadas",
  error: "Error por hora",
  errorOfNaive: "Con la semana anterior",
  share: "Error, parte",
  shareOfNaive: "Con la semana anterior",
  allDays: "todos",
};

export const forecastWords = inLanguage({ en, de, es });
