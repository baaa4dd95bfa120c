import { inLanguage } from "../frame/language.ts";

/** What the page of the most used spaces says. */
const en = {
  title: "Which spaces are used most?",
  name: "Spaces",
  sentence: (space: string, sessions: string) =>
    `${space} was used most: ${sessions} stays in these days.`,
  nothing: "No stay in a space has ended in these days.",
  definition:
    "Counted are stays in a space that ended on these days. A vehicle pays between the gates, so the revenue is shared out by the time in which spaces were occupied. The rank is by stays, then by time.",
  rank: "Rank",
  space: "Space",
  zone: "Zone",
  type: "Kind",
  sessions: "Stays",
  average: "Average stay",
  use: "In use",
  revenue: "Revenue",
  now: "Now",
  allZones: "Zone",
};

const de: typeof en = {
  title: "Welche Stellplätze werden am meisten genutzt?",
  name: "Stellplätze",
  sentence: (space, sessions) =>
    `${space} wurde am meisten genutzt: ${sessions} Belegungen an diesen Tagen.`,
  nothing: "An diesen Tagen endete keine Belegung eines Stellplatzes.",
  definition:
    "Gezählt werden Belegungen von Stellplätzen, die an diesen Tagen endeten. Bezahlt wird von Schranke zu Schranke, darum wird der Umsatz nach der Zeit aufgeteilt, in der Stellplätze belegt waren. Der Rang geht nach Belegungen, dann nach Zeit.",
  rank: "Rang",
  space: "Stellplatz",
  zone: "Zone",
  type: "Art",
  sessions: "Belegungen",
  average: "Dauer im Schnitt",
  use: "Genutzt",
  revenue: "Umsatz",
  now: "Jetzt",
  allZones: "Zone",
};

const es: typeof en = {
  title: "¿Qué plazas se usan más?",
  name: "Plazas",
  sentence: (space, sessions) =>
    `${space} fue la más usada: ${sessions} ocupaciones en estos días.`,
  nothing: "En estos días no terminó ninguna ocupación de una plaza.",
  definition:
    "Se cuentan las ocupaciones de plazas que terminaron en estos días. Se paga de barrera a barrera, por eso los ingresos se reparten según el tiempo en que las plazas estuvieron ocupadas. El orden es por ocupaciones y luego por tiempo.",
  rank: "Puesto",
  space: "Plaza",
  zone: "Zona",
  type: "Tipo",
  sessions: "Ocupaciones",
  average: "Duración media",
  use: "En uso",
  revenue: "Ingresos",
  now: "Ahora",
  allZones: "Zona",
};

export const slotsWords = inLanguage({ en, de, es });
