import { inLanguage } from "../frame/language.ts";

/** What the page of a facility's zones says. */
const en = {
  question: "Where is there room?",
  sentence: (zone: string, percent: string) => `The fullest zone is ${zone} with ${percent}.`,
  none: "No space has been told yet.",
  definition:
    "Spaces as they stand now; the rate is the occupied share of the spaces in service. Vehicles are those inside: where each entry lane leads to one zone alone they are counted by the lane they came in by, elsewhere by the space they stand in.",
  zones: "Zones",
  zone: "Zone",
  level: "Level",
  total: "Spaces",
  occupied: "Occupied",
  available: "Free",
  rate: "Occupancy",
  active: "Vehicles",
  basis: { lanes: "by lane", spaces: "by space" },
};

const de: typeof en = {
  question: "Wo ist Platz?",
  sentence: (zone, percent) => `Am vollsten ist die Zone ${zone} mit ${percent}.`,
  none: "Noch ist kein Stellplatz gemeldet.",
  definition:
    "Stellplätze, wie sie jetzt stehen; die Belegung ist der belegte Anteil der Stellplätze in Betrieb. Fahrzeuge sind die im Haus: Führt jede Einfahrtsspur nur in eine Zone, zählen sie nach ihrer Einfahrtsspur, sonst nach dem Stellplatz, auf dem sie stehen.",
  zones: "Zonen",
  zone: "Zone",
  level: "Ebene",
  total: "Stellplätze",
  occupied: "Belegt",
  available: "Frei",
  rate: "Belegung",
  active: "Fahrzeuge",
  basis: { lanes: "nach Spur", spaces: "nach Stellplatz" },
};

const es: typeof en = {
  question: "¿Dónde hay sitio?",
  sentence: (zone, percent) => `La zona más llena es ${zone}, con un ${percent}.`,
  none: "Todavía no se ha comunicado ninguna plaza.",
  definition:
    "Las plazas, tal como están ahora; la ocupación es la parte ocupada de las plazas en servicio. Los vehículos son los que están dentro: donde cada carril de entrada lleva a una sola zona se cuentan por su carril, en los demás casos por la plaza en la que están.",
  zones: "Zonas",
  zone: "Zona",
  level: "Planta",
  total: "Plazas",
  occupied: "Ocupadas",
  available: "Libres",
  rate: "Ocupación",
  active: "Vehículos",
  basis: { lanes: "por carril", spaces: "por plaza" },
};

export const zonesWords = inLanguage({ en, de, es });
