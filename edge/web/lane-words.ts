import type { LaneMode, OrderRequest } from "@gatehouse/shared/contracts/lanes";
import { tongueFor } from "../../shared/web/tongue.ts";

/** What is said of modes, holds and orders, in English; other languages have exactly the same keys. */
const en = {
  language: "en",
  mode: "Who may come in",
  modes: {
    open: "Open",
    full: "Full",
    closed: "Closed",
    "closed-to-all": "Closed to all",
  } as Record<LaneMode, string>,
  modeMeans: {
    open: "Everybody may come in while there is room.",
    full: "Only permits, reservations and visitors come in. Exits go on.",
    closed: "Out of hours: only permits, reservations and visitors come in. Exits go on.",
    "closed-to-all": "Nobody comes in, with a permit or without. Exits go on.",
  } as Record<LaneMode, string>,
  makeFacility: (mode: string) => `Facility: ${mode}`,
  setMode: (mode: string) => `Set to “${mode}”`,
  isNow: "now",
  holds: { none: "", "held-open": "Held open", locked: "Locked" } as Record<string, string>,

  more: (lane: string) => `More for ${lane}`,
  title: (lane: string) => `Orders to ${lane}`,
  barrier: "Barrier",
  orders: {
    "hold-open": "Hold open",
    "let-go": "Let go",
    close: "Close",
    lock: "Lock",
    unlock: "Unlock",
  } as Record<OrderRequest["order"], string>,
  turns: { entry: "Turn into an entry", exit: "Turn into an exit" },
  chooseFirst: "Choose what the lane is to do.",
  setting: "Telling the lane…",
  reason: "Why",
  sayWhy: "Say why; it stands in the ledger under your name.",
  reasons: ["Maintenance", "Queue", "Event", "Device fault", "Emergency", "Closing time"],
};

const de: typeof en = {
  language: "de",
  mode: "Wer hineindarf",
  modes: {
    open: "Offen",
    full: "Besetzt",
    closed: "Geschlossen",
    "closed-to-all": "Für alle zu",
  },
  modeMeans: {
    open: "Alle dürfen hinein, solange Platz ist.",
    full: "Nur Dauerparker, Reservierungen und Besucher dürfen hinein. Ausfahrten gehen weiter.",
    closed:
      "Außerhalb der Öffnungszeit: Nur Dauerparker, Reservierungen und Besucher dürfen hinein. Ausfahrten gehen weiter.",
    "closed-to-all": "Niemand darf hinein, auch kein Dauerparker. Ausfahrten gehen weiter.",
  },
  makeFacility: (mode) => `Parkhaus: ${mode}`,
  setMode: (mode) => `Auf „${mode}“ stellen`,
  isNow: "jetzt",
  holds: { none: "", "held-open": "Offen gehalten", locked: "Gesperrt" },

  more: (lane) => `Mehr für ${lane}`,
  title: (lane) => `Befehle an ${lane}`,
  barrier: "Schranke",
  orders: {
    "hold-open": "Offen halten",
    "let-go": "Freigeben",
    close: "Schließen",
    lock: "Sperren",
    unlock: "Entsperren",
  },
  turns: { entry: "Zur Einfahrt machen", exit: "Zur Ausfahrt machen" },
  chooseFirst: "Bitte wählen, was die Spur tun soll.",
  setting: "Die Spur wird angewiesen …",
  reason: "Warum",
  sayWhy: "Bitte sagen, warum; es steht im Journal unter Ihrem Namen.",
  reasons: ["Wartung", "Rückstau", "Veranstaltung", "Gerät gestört", "Notfall", "Betriebsschluss"],
};

export const { words: laneWords } = tongueFor([en, de], navigator.languages);
