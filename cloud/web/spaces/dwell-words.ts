import { inLanguage } from "../frame/language.ts";

/** What the page of lengths of stay says. */
const en = {
  title: "How long do vehicles stay?",
  name: "Length of stay",
  sentence: (average: string, count: string) => `${average} on average, over ${count} stays.`,
  nothing: "No stay that was seen from beginning to end has ended on these days.",
  definition:
    "Counted are stays that ended on these days and were seen from beginning to end. Half of them are not longer than the median, nine in ten not longer than the last figure. Stays in spaces are measured apart, by sensors and cameras.",
  average: "Average",
  median: "Median",
  p90: "Nine in ten at most",
  stays: "Stays",
  spaceStays: "In a space, on average",
  spaceCount: (count: string) => `${count} stays in spaces`,
  byClass: "How long does each kind of vehicle stay?",
  vehicle: "Vehicle",
};

const de: typeof en = {
  title: "Wie lange bleiben Fahrzeuge?",
  name: "Parkdauer",
  sentence: (average, count) => `Im Schnitt ${average}, über ${count} Parkvorgänge.`,
  nothing: "An diesen Tagen endete kein Parkvorgang, der von Anfang bis Ende gesehen wurde.",
  definition:
    "Gezählt werden Parkvorgänge, die an diesen Tagen endeten und von Anfang bis Ende gesehen wurden. Die Hälfte dauert nicht länger als der Median, neun von zehn nicht länger als der letzte Wert. Belegungen von Stellplätzen werden getrennt gemessen, von Sensoren und Kameras.",
  average: "Im Schnitt",
  median: "Median",
  p90: "Neun von zehn höchstens",
  stays: "Parkvorgänge",
  spaceStays: "Auf einem Stellplatz, im Schnitt",
  spaceCount: (count) => `${count} Belegungen`,
  byClass: "Wie lange bleibt jede Art von Fahrzeug?",
  vehicle: "Fahrzeug",
};

const es: typeof en = {
  title: "¿Cuánto se quedan los vehículos?",
  name: "Duración",
  sentence: (average, count) => `${average} de media, en ${count} estancias.`,
  nothing: "En estos días no terminó ninguna estancia vista de principio a fin.",
  definition:
    "Se cuentan las estancias que terminaron en estos días y se vieron de principio a fin. La mitad no dura más que la mediana y nueve de cada diez no más que el último valor. Las ocupaciones de plazas se miden aparte, con sensores y cámaras.",
  average: "Media",
  median: "Mediana",
  p90: "Nueve de cada diez, como máximo",
  stays: "Estancias",
  spaceStays: "En una plaza, de media",
  spaceCount: (count) => `${count} ocupaciones`,
  byClass: "¿Cuánto se queda cada tipo de vehículo?",
  vehicle: "Vehículo",
};

export const dwellWords = inLanguage({ en, de, es });
