import { inLanguage } from "../frame/language.ts";

/** What the page of utilisation says. */
const en = {
  title: "How well are the spaces used?",
  name: "Utilisation",
  sentence: (space: string, share: string) => `${space} is used most, ${share} of the time.`,
  nothing: "The facility has told of no hour in these days.",
  definition:
    "The share of the observed time in which a space was occupied, in days that are over. Strictly above 90% a dearer price is advised, strictly below 30% a cheaper one; it is advice, and nothing changes by itself.",
  overDays: (days: string) => `${days} days`,
  days: "Days that are over",
  zones: "By zone",
  zone: "Zone",
  share: "In use",
  hours: "Hours occupied",
  change: "Change of an hour's price",
  changeHint: "By San Francisco's bands: what an hour should become dearer or cheaper by.",
  keep: "keep",
  spaces: "By space",
  space: "Space",
  advice: "Price advice",
  dearer: (by: string) => `${by} dearer`,
  cheaper: (by: string) => `${by} cheaper`,
  advised: (dearer: string, cheaper: string) =>
    `Advised: dearer for ${dearer}, cheaper for ${cheaper} spaces.`,
};

const de: typeof en = {
  title: "Wie gut sind die Stellplätze genutzt?",
  name: "Auslastung",
  sentence: (space, share) => `${space} ist am meisten genutzt, ${share} der Zeit.`,
  nothing: "Das Parkhaus hat von keiner Stunde dieser Tage berichtet.",
  definition:
    "Der Anteil der beobachteten Zeit, in dem ein Stellplatz belegt war, an Tagen, die vorbei sind. Streng über 90 % wird ein höherer Preis empfohlen, streng unter 30 % ein niedrigerer; es ist ein Rat, von selbst ändert sich nichts.",
  overDays: (days) => `${days} Tage`,
  days: "Tage, die vorbei sind",
  zones: "Nach Zone",
  zone: "Zone",
  share: "Genutzt",
  hours: "Stunden belegt",
  change: "Änderung des Stundenpreises",
  changeHint:
    "Nach den Bändern von San Francisco: um wie viel eine Stunde teurer oder billiger werden sollte.",
  keep: "belassen",
  spaces: "Nach Stellplatz",
  space: "Stellplatz",
  advice: "Preisrat",
  dearer: (by) => `${by} teurer`,
  cheaper: (by) => `${by} billiger`,
  advised: (dearer, cheaper) =>
    `Empfohlen: teurer bei ${dearer}, billiger bei ${cheaper} Stellplätzen.`,
};

const es: typeof en = {
  title: "¿Se aprovechan bien las plazas?",
  name: "Aprovechamiento",
  sentence: (space, share) => `${space} es la que más se usa, el ${share} del tiempo.`,
  nothing: "El aparcamiento no ha comunicado ninguna hora de estos días.",
  definition:
    "La parte del tiempo observado en que una plaza estuvo ocupada, en días ya terminados. Por encima del 90 % se aconseja un precio más alto y por debajo del 30 % uno más bajo; es un consejo, nada cambia por sí solo.",
  overDays: (days) => `${days} días`,
  days: "Días ya terminados",
  zones: "Por zona",
  zone: "Zona",
  share: "En uso",
  hours: "Horas ocupada",
  change: "Cambio del precio de una hora",
  changeHint: "Según las bandas de San Francisco: cuánto debería subir o bajar una hora.",
  keep: "mantener",
  spaces: "Por plaza",
  space: "Plaza",
  advice: "Consejo de precio",
  dearer: (by) => `${by} más cara`,
  cheaper: (by) => `${by} más barata`,
  advised: (dearer, cheaper) =>
    `Se aconseja subir el precio de ${dearer} plazas y bajar el de ${cheaper}.`,
};

export const utilisationWords = inLanguage({ en, de, es });
