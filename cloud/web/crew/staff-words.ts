import { inLanguage } from "../frame/language.ts";

/** What the page of the people who work at a facility says. */
const en = {
  title: "What did the people at work do?",
  name: "Staff",
  sentence: (count: string, isOne: boolean) =>
    isOne
      ? "1 person opened gates, gave money back or closed a shift."
      : `${count} people opened gates, gave money back or closed shifts.`,
  nobody: "Nobody did anything by hand on these days.",
  definition:
    "Counted is what people did at the facility under their own login, on the day on which they did it. Shifts are those that were closed on these days; the difference is what was counted less what was expected.",
  person: "Person",
  shifts: "Shifts",
  difference: "Cash difference",
  acts: "What they did",
  act: {
    opened: "Gates opened",
    denied: "Vehicles turned away",
    voided: "Payments voided",
    refunded: "Refunds asked for",
    "refund-asked": "Refunds asked for",
    "refund-approved": "Refunds agreed to",
    acknowledged: "Alerts seen",
    reprinted: "Papers copied",
    "plate-corrected": "Plates put right",
  } as Readonly<Record<string, string>>,
};

const de: typeof en = {
  title: "Was taten die Menschen bei der Arbeit?",
  name: "Personal",
  sentence: (count, isOne) =>
    isOne
      ? "1 Person öffnete Schranken, gab Geld zurück oder schloss eine Schicht."
      : `${count} Personen öffneten Schranken, gaben Geld zurück oder schlossen Schichten.`,
  nobody: "An diesen Tagen tat niemand etwas von Hand.",
  definition:
    "Gezählt wird, was jemand im Parkhaus unter der eigenen Anmeldung tat, am Tag, an dem es geschah. Schichten sind die an diesen Tagen geschlossenen; die Differenz ist gezählt weniger erwartet.",
  person: "Person",
  shifts: "Schichten",
  difference: "Kassendifferenz",
  acts: "Was sie tat",
  act: {
    opened: "Schranken geöffnet",
    denied: "Fahrzeuge abgewiesen",
    voided: "Zahlungen storniert",
    refunded: "Erstattungen verlangt",
    "refund-asked": "Erstattungen verlangt",
    "refund-approved": "Erstattungen zugestimmt",
    acknowledged: "Meldungen gesehen",
    reprinted: "Belege kopiert",
    "plate-corrected": "Kennzeichen berichtigt",
  },
};

const es: typeof en = {
  title: "¿Qué hizo el personal?",
  name: "Personal",
  sentence: (count, isOne) =>
    isOne
      ? "1 persona abrió barreras, devolvió dinero o cerró un turno."
      : `${count} personas abrieron barreras, devolvieron dinero o cerraron turnos.`,
  nobody: "En estos días nadie hizo nada a mano.",
  definition:
    "Se cuenta lo que cada persona hizo en el aparcamiento con su propio acceso, en el día en que lo hizo. Los turnos son los que se cerraron en estos días; la diferencia es lo contado menos lo esperado.",
  person: "Persona",
  shifts: "Turnos",
  difference: "Diferencia de caja",
  acts: "Qué hizo",
  act: {
    opened: "Barreras abiertas",
    denied: "Vehículos rechazados",
    voided: "Pagos anulados",
    refunded: "Devoluciones pedidas",
    "refund-asked": "Devoluciones pedidas",
    "refund-approved": "Devoluciones aprobadas",
    acknowledged: "Alertas vistas",
    reprinted: "Documentos copiados",
    "plate-corrected": "Matrículas corregidas",
  },
};

export const staffWords = inLanguage({ en, de, es });
