import { inLanguage } from "../frame/language.ts";

/** What the page of metrics says. */
const en = {
  title: "How did the facility stand, hour by hour?",
  name: "Metrics",
  sentence: (count: string, isOne: boolean) =>
    isOne ? "1 moment is kept." : `${count} moments are kept.`,
  none: "No moment of these days is kept.",
  definition:
    "Every hour head office writes down how the facility stands. A row is never changed; an admin can take one out of sight, and the audit keeps who did. Revenue is that of the day until then.",
  now: "Now",
  spaces: "Spaces",
  occupied: "Occupied",
  available: "Free",
  occupancy: "Occupancy",
  inside: "Vehicles inside",
  taken: "Revenue that day",
  takenToday: "Revenue today",
  timeline: "How full was it?",
  moment: "Moment",
  rows: "The kept moments",
  acts: "Acts",
  delete: "Take away",
  deleteIt: "Take this row out of sight?",
};

const de: typeof en = {
  title: "Wie stand das Parkhaus, Stunde für Stunde?",
  name: "Messwerte",
  sentence: (count, isOne) =>
    isOne ? "1 Zeitpunkt ist aufbewahrt." : `${count} Zeitpunkte sind aufbewahrt.`,
  none: "Kein Zeitpunkt dieser Tage ist aufbewahrt.",
  definition:
    "Jede Stunde schreibt die Zentrale auf, wie das Parkhaus steht. Eine Zeile wird nie geändert; die Verwaltung kann eine ausblenden, und das Prüfprotokoll hält fest, wer es tat. Eingenommen ist, was an jenem Tag bis dahin eingenommen war.",
  now: "Jetzt",
  spaces: "Stellplätze",
  occupied: "Belegt",
  available: "Frei",
  occupancy: "Belegung",
  inside: "Fahrzeuge drin",
  taken: "Umsatz an dem Tag",
  takenToday: "Umsatz heute",
  timeline: "Wie voll war es?",
  moment: "Zeitpunkt",
  rows: "Die aufbewahrten Zeitpunkte",
  acts: "Was sich tun lässt",
  delete: "Ausblenden",
  deleteIt: "Diese Zeile ausblenden?",
};

const es: typeof en = {
  title: "¿Cómo estaba el aparcamiento, hora a hora?",
  name: "Mediciones",
  sentence: (count, isOne) =>
    isOne ? "Se conserva 1 momento." : `Se conservan ${count} momentos.`,
  none: "No se conserva ningún momento de estos días.",
  definition:
    "Cada hora la central anota cómo está el aparcamiento. Una fila no se cambia nunca; la administración puede ocultar una, y la auditoría guarda quién lo hizo. Cobrado es lo que se había cobrado ese día hasta entonces.",
  now: "Ahora",
  spaces: "Plazas",
  occupied: "Ocupadas",
  available: "Libres",
  occupancy: "Ocupación",
  inside: "Vehículos dentro",
  taken: "Ingresos de ese día",
  takenToday: "Ingresos de hoy",
  timeline: "¿Cómo de lleno estaba?",
  moment: "Momento",
  rows: "Los momentos conservados",
  acts: "Qué se puede hacer",
  delete: "Ocultar",
  deleteIt: "¿Ocultar esta fila?",
};

export const metricsWords = inLanguage({ en, de, es });
