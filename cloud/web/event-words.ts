import type { EventType } from "@gatehouse/shared/contracts/event";
import { words } from "./words.ts";

type EventWords = Readonly<Record<EventType, string>>;

const en: EventWords = {
  "edge-started": "Daemon started",
  "clock-stepped": "Clock stepped",
  "lane-decided": "Lane decided",
  "gate-commanded": "Gate told to open",
  "gate-answered": "Gate answered",
  "passage-ended": "Passage ended",
  "gate-opened-unexplained": "Gate opened without a command",
  "mode-set": "Mode set",
  "lane-turned": "Lane turned round",
  "lane-ordered": "Gate given an order",
  "lane-order-answered": "Gate answered an order",
  "session-pending": "Car may come in",
  "session-opened": "Car came in",
  "session-cancelled": "Car backed out",
  "session-quoted": "Price quoted",
  "session-settled": "Stay paid",
  "session-closed": "Car left",
  "session-flagged": "Stay marked",
  "payment-started": "Payment started",
  "payment-captured": "Payment taken",
  "payment-declined": "Payment declined",
  "payment-unknown": "Payment uncertain",
  "space-stay-closed": "Space left",
  "occupancy-hour": "Hour of occupancy",
  "alert-raised": "Alert raised",
  "alert-acknowledged": "Alert acknowledged",
  "alert-resolved": "Alert resolved",
  "camera-flow-hour": "Hour of a camera",
  "camera-view-saved": "Camera drawn anew",
  "spot-counted": "Spaces counted",
  "list-entry-changed": "List changed",
  "visitor-changed": "Visitor changed",
  "presence-reset": "Presence made neutral",
  "directive-applied": "Directive answered",
};

const de: EventWords = {
  "edge-started": "Dienst gestartet",
  "clock-stepped": "Uhr gesprungen",
  "lane-decided": "Spur hat entschieden",
  "gate-commanded": "Schranke soll öffnen",
  "gate-answered": "Schranke hat geantwortet",
  "passage-ended": "Durchfahrt beendet",
  "gate-opened-unexplained": "Schranke ohne Befehl geöffnet",
  "mode-set": "Betriebsart gesetzt",
  "lane-turned": "Spur umgedreht",
  "lane-ordered": "Schranke hat Auftrag",
  "lane-order-answered": "Schranke zum Auftrag",
  "session-pending": "Auto darf einfahren",
  "session-opened": "Auto eingefahren",
  "session-cancelled": "Auto zurückgesetzt",
  "session-quoted": "Preis genannt",
  "session-settled": "Parkvorgang bezahlt",
  "session-closed": "Auto ausgefahren",
  "session-flagged": "Parkvorgang gekennzeichnet",
  "payment-started": "Zahlung begonnen",
  "payment-captured": "Zahlung erhalten",
  "payment-declined": "Zahlung abgelehnt",
  "payment-unknown": "Zahlung ungewiss",
  "space-stay-closed": "Stellplatz verlassen",
  "occupancy-hour": "Belegung einer Stunde",
  "alert-raised": "Meldung geöffnet",
  "alert-acknowledged": "Meldung bestätigt",
  "alert-resolved": "Meldung erledigt",
  "camera-flow-hour": "Stunde einer Kamera",
  "camera-view-saved": "Kamera neu gezeichnet",
  "spot-counted": "Stellplätze gezählt",
  "list-entry-changed": "Liste geändert",
  "visitor-changed": "Besuch geändert",
  "presence-reset": "Anwesenheit zurückgesetzt",
  "directive-applied": "Anweisung beantwortet",
};

const known: Readonly<Record<string, string>> = words.language === "de" ? de : en;

/** A type that this page does not know is told by its own name. */
export const eventText = (type: string | null): string =>
  type === null ? (words.asideReason["not-a-line"] ?? "?") : (known[type] ?? type);
