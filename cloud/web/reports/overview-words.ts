import { inLanguage } from "../frame/language.ts";

/** What the overview of a facility says. */
const en = {
  question: "How is it going today?",
  sentence: (percent: string, taken: string) => `${percent} occupied, ${taken} of revenue today.`,
  noSpaces: "No space has been told yet.",
  definition:
    "Spaces as they stand now; a space whose state is not known counts neither as occupied nor as free. Vehicles, payments and users are those of the present day at the facility; users are different plates that came in. Revenue is what was paid for stays, penalties and renewals, before what went back; loading stored value, which the takings hold too, is none yet.",
  slots: "Spaces",
  occupied: "Occupied",
  available: "Free",
  rate: "Occupancy",
  active: "Vehicles inside",
  completed: "Stays ended today",
  revenue: "Revenue today",
  users: "Users today",
  peak: (count: string) => `at most ${count} at once`,
  entries: (count: string) => `${count} came in today`,
  givenBack: (amount: string) => `${amount} went back`,
  usersAside: "different plates that came in",
  occupancyByHour: "How full was it today?",
  movesByHour: "When did vehicles come and go?",
  occupancy: "Occupancy",
  cameIn: "Came in",
  wentOut: "Left",
  hour: "Hour",
  takingsByHour: "When did the revenue come in today?",
  taken: "Revenue",
  noAlerts: "No alert is open.",
};

export type OverviewWords = typeof en;

const de: OverviewWords = {
  question: "Wie läuft es heute?",
  sentence: (percent, taken) => `${percent} belegt, heute ${taken} Umsatz.`,
  noSpaces: "Noch ist kein Stellplatz gemeldet.",
  definition:
    "Stellplätze, wie sie jetzt stehen; ein Stellplatz, dessen Zustand nicht bekannt ist, zählt weder als belegt noch als frei. Fahrzeuge, Zahlungen und Nutzer sind die des heutigen Tages im Parkhaus; Nutzer sind verschiedene Kennzeichen, die eingefahren sind. Umsatz ist, was für Parkvorgänge, Vertragsstrafen und Verlängerungen bezahlt wurde, vor dem, was zurückging; aufgeladenes Guthaben, das auch zu den Einnahmen gehört, ist noch keiner.",
  slots: "Stellplätze",
  occupied: "Belegt",
  available: "Frei",
  rate: "Belegung",
  active: "Fahrzeuge im Haus",
  completed: "Heute beendete Parkvorgänge",
  revenue: "Umsatz heute",
  users: "Nutzer heute",
  peak: (count) => `höchstens ${count} zugleich`,
  entries: (count) => `${count} heute eingefahren`,
  givenBack: (amount) => `${amount} gingen zurück`,
  usersAside: "verschiedene eingefahrene Kennzeichen",
  occupancyByHour: "Wie voll war es heute?",
  movesByHour: "Wann kamen und gingen Fahrzeuge?",
  occupancy: "Belegung",
  cameIn: "Eingefahren",
  wentOut: "Ausgefahren",
  hour: "Stunde",
  takingsByHour: "Wann kam der Umsatz heute herein?",
  taken: "Umsatz",
  noAlerts: "Keine Meldung ist offen.",
};

const es: OverviewWords = {
  question: "¿Cómo va el día?",
  sentence: (percent, taken) => `${percent} ocupado, ${taken} de ingresos hoy.`,
  noSpaces: "Todavía no se ha comunicado ninguna plaza.",
  definition:
    "Las plazas, tal como están ahora; una plaza cuyo estado no se conoce no cuenta ni como ocupada ni como libre. Los vehículos, pagos y usuarios son los del día de hoy en el aparcamiento; usuarios son las matrículas distintas que entraron. Ingresos son lo pagado por estancias, penalizaciones y renovaciones, antes de lo devuelto; el saldo cargado, que sí cuenta en la recaudación, todavía no lo es.",
  slots: "Plazas",
  occupied: "Ocupadas",
  available: "Libres",
  rate: "Ocupación",
  active: "Vehículos dentro",
  completed: "Estancias terminadas hoy",
  revenue: "Ingresos de hoy",
  users: "Usuarios hoy",
  peak: (count) => `como máximo ${count} a la vez`,
  entries: (count) => `${count} entraron hoy`,
  givenBack: (amount) => `se devolvieron ${amount}`,
  usersAside: "matrículas distintas que entraron",
  occupancyByHour: "¿Cómo de lleno ha estado hoy?",
  movesByHour: "¿Cuándo entraron y salieron vehículos?",
  occupancy: "Ocupación",
  cameIn: "Entraron",
  wentOut: "Salieron",
  hour: "Hora",
  takingsByHour: "¿Cuándo llegaron hoy los ingresos?",
  taken: "Ingresos",
  noAlerts: "No hay ninguna alerta abierta.",
};

export const overviewWords = inLanguage({ en, de, es });
