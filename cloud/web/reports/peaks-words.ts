import { inLanguage } from "../frame/language.ts";

/** What the page of a facility's peak hours says. */
const en = {
  question: "When is it busiest?",
  sentence: (entries: string, full: string) =>
    `Most vehicles come in at ${entries}; it is fullest at ${full}.`,
  onlyEntries: (entries: string) => `Most vehicles come in at ${entries}.`,
  nothing: "Nobody came in on these days.",
  definition:
    "Two different questions: when vehicles come in (entries of each hour of the day, over all days), and when spaces are full (the occupied share of the spaces' time in each hour). Days that are over; hours are those of clocks at the facility.",
  byEntries: "When do vehicles come in?",
  byOccupancy: "When are the spaces full?",
  hour: "Hour",
  entries: "Entries",
  average: "On an average day",
  occupancy: "Occupancy",
  mostInside: "Most inside",
  topEntries: "The five hours with the most entries",
  topOccupancy: "The five fullest hours",
  weekEntries: "When in the week do vehicles come in? Entries in an average hour",
  weekOccupancy: "When in the week is it full? Per cent of the spaces' time",
};

const de: typeof en = {
  question: "Wann ist am meisten los?",
  sentence: (entries, full) =>
    `Die meisten Fahrzeuge kommen um ${entries}; am vollsten ist es um ${full}.`,
  onlyEntries: (entries) => `Die meisten Fahrzeuge kommen um ${entries}.`,
  nothing: "An diesen Tagen fuhr niemand ein.",
  definition:
    "Zwei verschiedene Fragen: wann Fahrzeuge einfahren (Einfahrten jeder Tagesstunde, über alle Tage), und wann die Stellplätze voll sind (belegter Anteil der Zeit aller Stellplätze in jeder Stunde). Nur abgeschlossene Tage; die Stunden sind die der Uhren im Parkhaus.",
  byEntries: "Wann fahren Fahrzeuge ein?",
  byOccupancy: "Wann sind die Stellplätze voll?",
  hour: "Stunde",
  entries: "Einfahrten",
  average: "An einem mittleren Tag",
  occupancy: "Belegung",
  mostInside: "Höchstens im Haus",
  topEntries: "Die fünf Stunden mit den meisten Einfahrten",
  topOccupancy: "Die fünf vollsten Stunden",
  weekEntries: "Wann in der Woche fahren Fahrzeuge ein? Einfahrten einer mittleren Stunde",
  weekOccupancy: "Wann in der Woche ist es voll? Prozent der Zeit aller Stellplätze",
};

const es: typeof en = {
  question: "¿Cuándo hay más movimiento?",
  sentence: (entries, full) =>
    `La mayoría de los vehículos entra a las ${entries}; lo más lleno es a las ${full}.`,
  onlyEntries: (entries) => `La mayoría de los vehículos entra a las ${entries}.`,
  nothing: "En estos días no entró nadie.",
  definition:
    "Dos preguntas distintas: cuándo entran los vehículos (entradas de cada hora del día, sumando todos los días) y cuándo están llenas las plazas (parte ocupada del tiempo de las plazas en cada hora). Días ya terminados; las horas son las de los relojes del aparcamiento.",
  byEntries: "¿Cuándo entran los vehículos?",
  byOccupancy: "¿Cuándo están llenas las plazas?",
  hour: "Hora",
  entries: "Entradas",
  average: "En un día medio",
  occupancy: "Ocupación",
  mostInside: "Máximo dentro",
  topEntries: "Las cinco horas con más entradas",
  topOccupancy: "Las cinco horas más llenas",
  weekEntries: "¿Cuándo entran vehículos a lo largo de la semana? Entradas en una hora media",
  weekOccupancy: "¿Cuándo se llena a lo largo de la semana? Por ciento del tiempo de las plazas",
};

export const peaksWords = inLanguage({ en, de, es });
