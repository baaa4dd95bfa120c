import { inLanguage } from "../frame/language.ts";

type Words = Readonly<Record<string, string>>;

/** The words of money that ledgers hold, as people say them. A word that is missing is shown as it stands. */
interface PaymentTerms {
  readonly status: Words;
  readonly purpose: Words;
  readonly refund: Words;
  readonly dispute: Words;
  readonly document: Words;
  readonly violation: Words;
  readonly penalty: Words;
  readonly validation: Words;
  readonly debt: Words;
}

const en: PaymentTerms = {
  status: {
    started: "Under way",
    captured: "Taken",
    declined: "Declined",
    unknown: "Uncertain",
    "accepted-offline": "Accepted offline",
    reversed: "Taken back",
    disputed: "Disputed",
    "charged-back": "Charged back",
  },
  purpose: { stay: "Stay", violation: "Violation", "top-up": "Top-up", renewal: "Renewal" },
  refund: {
    requested: "asked for",
    started: "under way",
    done: "given back",
    refused: "refused",
    failed: "failed",
    unknown: "uncertain",
  },
  dispute: { opened: "opened", won: "won", lost: "lost" },
  document: {
    receipt: "Receipt",
    invoice: "Invoice",
    refund: "Refund note",
    "shift-report": "Shift report",
    "debt-note": "Debt note",
  },
  violation: {
    overstay: "overstayed",
    unauthorised: "not allowed there",
    "wrong-space-type": "wrong kind of space",
    "no-payment": "not paid",
  },
  penalty: {
    detected: "found",
    review: "under review",
    issued: "issued",
    due: "due",
    escalated: "escalated",
    paid: "paid",
    waived: "waived",
    disputed: "disputed",
  },
  validation: { issued: "given", used: "used", revoked: "revoked", expired: "expired" },
  debt: { open: "open", paid: "paid", "written-off": "written off" },
};

const de: PaymentTerms = {
  status: {
    started: "Läuft",
    captured: "Eingenommen",
    declined: "Abgelehnt",
    unknown: "Ungewiss",
    "accepted-offline": "Ohne Verbindung angenommen",
    reversed: "Zurückgenommen",
    disputed: "Angefochten",
    "charged-back": "Rückbelastet",
  },
  purpose: { stay: "Parken", violation: "Verstoß", "top-up": "Aufladung", renewal: "Verlängerung" },
  refund: {
    requested: "verlangt",
    started: "läuft",
    done: "erstattet",
    refused: "abgelehnt",
    failed: "gescheitert",
    unknown: "ungewiss",
  },
  dispute: { opened: "eröffnet", won: "gewonnen", lost: "verloren" },
  document: {
    receipt: "Quittung",
    invoice: "Rechnung",
    refund: "Erstattungsbeleg",
    "shift-report": "Schichtbericht",
    "debt-note": "Schuldschein",
  },
  violation: {
    overstay: "zu lange geparkt",
    unauthorised: "dort nicht erlaubt",
    "wrong-space-type": "falsche Art von Stellplatz",
    "no-payment": "nicht bezahlt",
  },
  penalty: {
    detected: "festgestellt",
    review: "in Prüfung",
    issued: "ausgestellt",
    due: "fällig",
    escalated: "verschärft",
    paid: "bezahlt",
    waived: "erlassen",
    disputed: "angefochten",
  },
  validation: { issued: "gewährt", used: "genutzt", revoked: "entzogen", expired: "abgelaufen" },
  debt: { open: "offen", paid: "bezahlt", "written-off": "abgeschrieben" },
};

const es: PaymentTerms = {
  status: {
    started: "En curso",
    captured: "Cobrado",
    declined: "Rechazado",
    unknown: "Incierto",
    "accepted-offline": "Aceptado sin conexión",
    reversed: "Anulado",
    disputed: "Reclamado",
    "charged-back": "Retrocedido",
  },
  purpose: {
    stay: "Estancia",
    violation: "Infracción",
    "top-up": "Recarga",
    renewal: "Renovación",
  },
  refund: {
    requested: "pedida",
    started: "en curso",
    done: "devuelta",
    refused: "rechazada",
    failed: "fallida",
    unknown: "incierta",
  },
  dispute: { opened: "abierta", won: "ganada", lost: "perdida" },
  document: {
    receipt: "Recibo",
    invoice: "Factura",
    refund: "Nota de devolución",
    "shift-report": "Informe de turno",
    "debt-note": "Nota de deuda",
  },
  violation: {
    overstay: "estancia excesiva",
    unauthorised: "no permitido allí",
    "wrong-space-type": "tipo de plaza incorrecto",
    "no-payment": "sin pagar",
  },
  penalty: {
    detected: "detectada",
    review: "en revisión",
    issued: "emitida",
    due: "exigible",
    escalated: "agravada",
    paid: "pagada",
    waived: "perdonada",
    disputed: "recurrida",
  },
  validation: { issued: "concedida", used: "usada", revoked: "retirada", expired: "caducada" },
  debt: { open: "pendiente", paid: "pagada", "written-off": "condonada" },
};

export const paymentTerms = inLanguage({ en, de, es });
