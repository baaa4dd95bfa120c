import { usualSources } from "@gatehouse/shared/contracts/reports/sustainability";
import { inLanguage } from "../frame/language.ts";

/** What the page of the shorter search says. */
const en = {
  title: "What did a shorter search save?",
  name: "Sustainability",
  definition:
    "Average stay between the gates less average stay in a space is the way in and out. The likely and the highest figure take half of it for the search, the lowest all of it. What a search without guidance would take longer, times the vehicles that came in, is the time saved; times the speed the distance; times the factor the carbon dioxide. Where the search was not shorter, nothing is saved. The exhaust of engines at walking pace is higher than the factor says.",
  sentence: (low: string, high: string) =>
    `Between ${low} and ${high} of carbon dioxide were saved.`,
  nothing: "Nothing was saved: the search was no shorter than is assumed without guidance.",
  whyNone: {
    "no-stays": "No stay of these days was seen from beginning to end.",
    "no-sensors":
      "No stay in a space was measured in these days: without sensors nobody knows how long the search took.",
  },
  each: "Shorter search per vehicle",
  time: "Time",
  distance: "Distance",
  carbon: "Carbon dioxide",
  range: (low: string, high: string) => `${low} to ${high}`,
  hours: (value: string) => `${value} h`,
  km: (value: string) => `${value} km`,
  kg: (value: string) => `${value} kg`,
  seconds: (value: string) => `${value} s`,
  measured: "Measured",
  vehicles: "Vehicles that came in",
  way: "Way in and out",
  assumed: "Assumed",
  without: "Search without guidance",
  withoutRange: (low: string, likely: string, high: string) =>
    `${likely} (at least ${low}, at most ${high})`,
  speed: "Speed while searching",
  speedOf: (value: string) => `${value} km/h`,
  factor: "Carbon dioxide",
  factorOf: (value: string) => `${value} g/km`,
  source: "Source",
  usualSource: usualSources as Readonly<Record<keyof typeof usualSources, string>>,
  change: "Change what is assumed",
  low: "Search without guidance, least (s)",
  likely: "Likely (s)",
  high: "Most (s)",
  speedField: "Speed (km/h)",
  factorField: "Carbon dioxide (g/km)",
  sourceOfSearch: "Source of the search",
  sourceOfFactor: "Source of the factor",
  save: "Keep it",
  saved: "It is kept.",
};

const de: typeof en = {
  title: "Was hat kürzeres Suchen gespart?",
  name: "Nachhaltigkeit",
  definition:
    "Der mittlere Aufenthalt zwischen den Schranken ohne den mittleren Aufenthalt auf dem Stellplatz ist der Weg hinein und hinaus. Der wahrscheinliche und der höchste Wert nehmen die Hälfte davon als Suche, der niedrigste alles. Was eine Suche ohne Leitung länger dauern würde, mal den eingefahrenen Fahrzeugen, ist die gesparte Zeit; mal der Geschwindigkeit die Strecke; mal dem Faktor das Kohlendioxid. Wo nicht kürzer gesucht wurde, ist nichts gespart. Bei Schritttempo stößt ein Motor mehr aus, als der Faktor sagt.",
  sentence: (low, high) => `Zwischen ${low} und ${high} Kohlendioxid wurden gespart.`,
  nothing: "Nichts wurde gespart: Gesucht wurde nicht kürzer, als ohne Leitung angenommen ist.",
  whyNone: {
    "no-stays": "Kein Aufenthalt dieser Tage wurde von Anfang bis Ende gesehen.",
    "no-sensors":
      "In diesen Tagen wurde kein Aufenthalt auf einem Stellplatz gemessen: Ohne Sensoren weiß niemand, wie lange gesucht wurde.",
  },
  each: "Kürzere Suche je Fahrzeug",
  time: "Zeit",
  distance: "Strecke",
  carbon: "Kohlendioxid",
  range: (low, high) => `${low} bis ${high}`,
  hours: (value) => `${value} h`,
  km: (value) => `${value} km`,
  kg: (value) => `${value} kg`,
  seconds: (value) => `${value} s`,
  measured: "Gemessen",
  vehicles: "Eingefahrene Fahrzeuge",
  way: "Weg hinein und hinaus",
  assumed: "Angenommen",
  without: "Suche ohne Leitung",
  withoutRange: (low, likely, high) => `${likely} (mindestens ${low}, höchstens ${high})`,
  speed: "Geschwindigkeit beim Suchen",
  speedOf: (value) => `${value} km/h`,
  factor: "Kohlendioxid",
  factorOf: (value) => `${value} g/km`,
  source: "Quelle",
  usualSource: {
    search:
      "Shoup, Cruising for parking, Transport Policy 13 (2006): Studien an Straßenrändern fanden 3,5 bis 14 Minuten; davon das untere Ende. Ein Parkhaus ist anders: Messen Sie Ihres.",
    carbon:
      "Umrechnungsfaktoren der britischen Regierung für Unternehmensberichte 2023, mittlerer Pkw mit unbekanntem Kraftstoff; bei Schritttempo stößt ein Motor mehr aus.",
  },
  change: "Annahmen ändern",
  low: "Suche ohne Leitung, mindestens (s)",
  likely: "Wahrscheinlich (s)",
  high: "Höchstens (s)",
  speedField: "Geschwindigkeit (km/h)",
  factorField: "Kohlendioxid (g/km)",
  sourceOfSearch: "Quelle der Suchzeit",
  sourceOfFactor: "Quelle des Faktors",
  save: "Übernehmen",
  saved: "Übernommen.",
};

const es: typeof en = {
  title: "¿Qué ahorró buscar menos?",
  name: "Sostenibilidad",
  definition:
    "La estancia media entre las barreras menos la estancia media en la plaza es el camino de entrada y salida. El valor probable y el máximo toman la mitad como búsqueda; el mínimo, todo. Lo que una búsqueda sin guía duraría de más, por los vehículos que entraron, es el tiempo ahorrado; por la velocidad, la distancia; por el factor, el dióxido de carbono. Donde no se buscó menos, no se ahorró nada. A paso de peatón un motor emite más de lo que dice el factor.",
  sentence: (low, high) => `Se ahorraron entre ${low} y ${high} de dióxido de carbono.`,
  nothing: "No se ahorró nada: no se buscó menos de lo que se supone sin guía.",
  whyNone: {
    "no-stays": "Ninguna estancia de estos días se vio de principio a fin.",
    "no-sensors":
      "En estos días no se midió ninguna estancia en una plaza: sin sensores nadie sabe cuánto duró la búsqueda.",
  },
  each: "Búsqueda más corta por vehículo",
  time: "Tiempo",
  distance: "Distancia",
  carbon: "Dióxido de carbono",
  range: (low, high) => `de ${low} a ${high}`,
  hours: (value) => `${value} h`,
  km: (value) => `${value} km`,
  kg: (value) => `${value} kg`,
  seconds: (value) => `${value} s`,
  measured: "Medido",
  vehicles: "Vehículos que entraron",
  way: "Camino de entrada y salida",
  assumed: "Supuesto",
  without: "Búsqueda sin guía",
  withoutRange: (low, likely, high) => `${likely} (como mínimo ${low}, como máximo ${high})`,
  speed: "Velocidad al buscar",
  speedOf: (value) => `${value} km/h`,
  factor: "Dióxido de carbono",
  factorOf: (value) => `${value} g/km`,
  source: "Fuente",
  usualSource: {
    search:
      "Shoup, Cruising for parking, Transport Policy 13 (2006): estudios en la calle hallaron de 3,5 a 14 minutos; su extremo inferior. Un aparcamiento es distinto: mida el suyo.",
    carbon:
      "Factores de conversión del Gobierno británico para informes de empresas 2023, coche medio de combustible desconocido; a paso de peatón un motor emite más.",
  },
  change: "Cambiar lo supuesto",
  low: "Búsqueda sin guía, mínimo (s)",
  likely: "Probable (s)",
  high: "Máximo (s)",
  speedField: "Velocidad (km/h)",
  factorField: "Dióxido de carbono (g/km)",
  sourceOfSearch: "Fuente del tiempo de búsqueda",
  sourceOfFactor: "Fuente del factor",
  save: "Guardar",
  saved: "Guardado.",
};

export const sustainabilityWords = inLanguage({ en, de, es });
