import { durationText } from "../../../shared/web/duration.ts";
import { countText, momentText, moneyText, signedPercentText } from "../format.ts";
import { inLanguage, locale } from "../frame/language.ts";

/** What alerts rest on, by the names that they are told under; others are shown as they are. */
const en: Readonly<Record<string, string>> = {
  since: "Since",
  last_at: "Last",
  started_at: "Begun",
  due_at: "Due",
  lines: "Lines to come",
  skew_ms: "Clocks differ by",
  occupied: "Occupied",
  free: "Free",
  reached_minor: "Sum reached",
  amount_minor: "Amount",
  credit_minor: "To give back",
  month: "Month",
  entries: "Entries of the last week",
  usual: "Entries of a usual week",
  percent: "Difference",
  reason: "Reason",
  plate: "Plate",
  session_id: "Session",
  other_session_id: "The other session",
  lane_id: "Lane",
  space: "Space",
  requested_by: "Asked for by",
  opened_by: "Opened by",
  given_by: "Given by",
  closed_by: "Closed by",
  done: "Done",
  explanation: "Explanation",
  detail: "What was seen",
  fault: "Fault",
  hint: "What to do",
};

const de: typeof en = {
  since: "Seit",
  last_at: "Zuletzt",
  started_at: "Begonnen",
  due_at: "Fällig",
  lines: "Zeilen, die noch kommen",
  skew_ms: "Uhren weichen ab um",
  occupied: "Belegt",
  free: "Frei",
  reached_minor: "Erreichte Summe",
  amount_minor: "Betrag",
  credit_minor: "Zurückzugeben",
  month: "Monat",
  entries: "Einfahrten der letzten Woche",
  usual: "Einfahrten einer üblichen Woche",
  percent: "Unterschied",
  reason: "Grund",
  plate: "Kennzeichen",
  session_id: "Parkvorgang",
  other_session_id: "Der andere Parkvorgang",
  lane_id: "Spur",
  space: "Stellplatz",
  requested_by: "Verlangt von",
  opened_by: "Geöffnet von",
  given_by: "Gegeben von",
  closed_by: "Geschlossen von",
  done: "Erledigt",
  explanation: "Erklärung",
  detail: "Was zu sehen war",
  fault: "Störung",
  hint: "Was zu tun ist",
};

const es: typeof en = {
  since: "Desde",
  last_at: "Última vez",
  started_at: "Comenzado",
  due_at: "Previsto para",
  lines: "Líneas por llegar",
  skew_ms: "Los relojes difieren en",
  occupied: "Ocupadas",
  free: "Libres",
  reached_minor: "Suma alcanzada",
  amount_minor: "Importe",
  credit_minor: "Por devolver",
  month: "Mes",
  entries: "Entradas de la última semana",
  usual: "Entradas de una semana habitual",
  percent: "Diferencia",
  reason: "Motivo",
  plate: "Matrícula",
  session_id: "Estancia",
  other_session_id: "La otra estancia",
  lane_id: "Carril",
  space: "Plaza",
  requested_by: "Pedido por",
  opened_by: "Abierto por",
  given_by: "Dado por",
  closed_by: "Cerrado por",
  done: "Hecho",
  explanation: "Explicación",
  detail: "Qué se vio",
  fault: "Fallo",
  hint: "Qué hacer",
};

const names = inLanguage({ en, de, es });

export const factName = (key: string): string => names[key] ?? key.replaceAll("_", " ");

/** The facility that an alert is about, as far as reading it needs. */
export interface AlertPlace {
  readonly timezone: string;
  /** Null where it is not known: an amount is then a plain number. */
  readonly currency: string | null;
}

/** One thing that an alert rests on, as a person reads it. */
export function factText(key: string, value: unknown, place: AlertPlace): string {
  if (typeof value === "number") {
    if (key.endsWith("_minor") && place.currency !== null) return moneyText(value, place.currency);
    if (key === "skew_ms") return durationText(Math.abs(value));
    if (key === "percent") return signedPercentText(value);
    return countText(value);
  }
  if (typeof value !== "string") return JSON.stringify(value);
  if (key === "month" && /^\d{4}-\d{2}$/.test(value)) return monthText(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? momentText(value, place.timezone) : value;
}

const months = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
const monthText = (month: string): string => months.format(Date.parse(`${month}-01`));

const ownId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const monthAndSum = /^(\d{4}-\d{2})-(\d+)$/;

/**
 * What an alert is about, as a person reads it; an id that only machines read is not shown.
 *
 * @param currency of its facility; null where it is not known
 */
export function subjectText(
  { alert_type, subject }: { readonly alert_type: string; readonly subject: string },
  currency: string | null,
): string {
  if (ownId.test(subject)) return "";
  const [, month, sum] = monthAndSum.exec(subject) ?? [];
  if (alert_type !== "revenue-milestone" || month === undefined) return subject;
  const amount =
    currency === null
      ? countText(Number(sum))
      : new Intl.NumberFormat(locale, {
          style: "currency",
          currency,
          maximumFractionDigits: 0,
        }).format(Number(sum));
  return `${monthText(month)}: ${amount}`;
}
