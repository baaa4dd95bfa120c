import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import { moneyWords } from "../money-words.ts";
import { paymentTerms } from "../payments/payment-terms.ts";
import { reasonInGerman } from "./reasons-de.ts";
import { type Saying, whoOf } from "./story-saying.ts";
import { terms } from "./terms.ts";

const decided = { open: "Geöffnet", deny: "Abgewiesen", ask: "Eine Person gefragt" } as const;
const answers: Readonly<Record<string, string>> = {
  accepted: "angenommen",
  rejected: "abgelehnt",
  unreachable: "nicht erreichbar",
  unknown: "ungewiss",
};
const passages: Readonly<Record<string, string>> = {
  passed: "durchgefahren",
  "backed-out": "umgekehrt",
  "nobody-passed": "niemand fuhr durch",
  tailgated: "ein zweites Fahrzeug fuhr mit",
  unconfirmed: "nicht bestätigt",
};

/** A session's line in German; undefined for lines that are about no session. */
export function tellInGerman({ type, body }: LedgerFact, say: Saying): string | undefined {
  switch (type) {
    case "lane-decided": {
      const whose = body.plate ? ` für ${body.plate}` : "";
      const who = body.actor.kind === "plate-rule" ? "" : `, durch ${whoOf(body.actor)}`;
      const note = body.note === undefined ? "" : ` Notiz: ${body.note}`;
      return `${decided[body.kind]}${whose} an ${body.lane_id}: ${reasonInGerman(body.reason)}${who}.${note}`;
    }
    case "gate-commanded":
      return `Die Schranke an ${body.lane_id} sollte öffnen.`;
    case "gate-answered":
      return `Die Schranke an ${body.lane_id} antwortete: ${answers[body.result] ?? body.result}.`;
    case "passage-ended":
      return `Durchfahrt an ${body.lane_id}: ${passages[body.outcome] ?? body.outcome}.`;
    case "session-pending":
      return `Ein Parkvorgang wurde an ${body.lane_id} vorbereitet für ${body.plate || "ein ungelesenes Kennzeichen"}.`;
    case "session-opened":
      return body.assumed
        ? "Der Parkvorgang begann; die Einfahrt wurde nicht gesehen, nur angenommen."
        : "Das Fahrzeug fuhr ein; der Parkvorgang läuft.";
    case "session-cancelled":
      return `Der Parkvorgang wurde abgebrochen: ${reasonInGerman(body.reason)}.`;
    case "session-quoted":
      return `${say.money(body.due_minor)} verlangt für ${say.stay(body.duration_s)}; der Preis gilt bis ${say.moment(body.honoured_until)}.`;
    case "session-settled":
      return `Bezahlt; freie Ausfahrt bis ${say.moment(body.grace_until)}.`;
    case "session-closed":
      return `Der Parkvorgang endete nach ${say.stay(body.duration_s)} (${terms.state[body.outcome] ?? body.outcome}); offen: ${say.money(body.owed_minor)}.`;
    case "session-flagged":
      return `Vermerkt: ${terms.flag[body.flag] ?? body.flag}.`;
    case "plate-corrected":
      return `Das Kennzeichen ${body.from || "ohne Lesung"} gilt nun als ${body.to} (gelesen: ${body.raw_plate || "nichts"}), durch ${whoOf(body.by)}: ${reasonInGerman(body.reason)}.`;
    case "session-chosen":
      return `Das Fahrzeug an ${body.lane_id} gehört zu ${body.plate || "diesem Parkvorgang"}, sagt ${whoOf(body.by)}.`;
    case "session-superseded":
      return `Es war dasselbe Fahrzeug wie in ${body.kept_id}; jener Vorgang läuft weiter, sagt ${whoOf(body.by)}.`;
    case "session-in-space":
      return `Steht auf ${body.space_id} seit ${say.moment(body.from)} (${whoOf(body.by)}).`;
    case "session-out-of-space":
      return `Steht nicht mehr auf ${body.space_id} (${whoOf(body.by)}).`;
    case "parking-ticket-issued":
      return `Ticket ${body.number} wurde an ${body.lane_id} ausgegeben.`;
    case "parking-ticket-voided":
      return `Ticket ${body.number} wurde ungültig: ${reasonInGerman(body.reason)}.`;
    case "parking-ticket-used":
      return `Ticket ${body.number} wurde eingelöst: das Fahrzeug ist ausgefahren.`;
    case "parking-ticket-reprinted":
      return `Ticket ${body.number} wurde an ${body.lane_id} nachgedruckt von ${whoOf(body.by)}: ${body.reason}.`;
    case "parking-ticket-lost":
      return `Das Ticket ging verloren, sagt ${whoOf(body.by)}: ${body.reason}.`;
    case "payment-started":
      return `${say.money(body.amount_minor)} verlangt, ${moneyWords.methods[body.method]}${body.terminal_id === null ? "" : ` an ${body.terminal_id}`}.`;
    case "payment-captured":
      return `${say.money(body.amount_minor)} bezahlt, Beleg ${body.receipt_number ?? "–"}.`;
    case "payment-declined":
      return `Nicht bezahlt: ${body.reason}.`;
    case "payment-unknown":
      return `Die Antwort ging verloren: ${body.detail}.`;
    case "payment-accepted-offline":
      return `${say.money(body.amount_minor)} ohne Antwort der Bank angenommen; wird später eingezogen.`;
    case "payment-reversed":
      return `${say.money(body.amount_minor)} zurückgenommen von ${whoOf(body.by)}: ${body.reason}.`;
    case "payment-disputed":
      return `Der Widerspruch gegen die Kartenzahlung: ${paymentTerms.dispute[body.state] ?? body.state} (${body.detail}).`;
    case "refund-changed":
      return `Erstattung von ${say.money(body.amount_minor)}: ${paymentTerms.refund[body.status] ?? body.status}, verlangt von ${body.requested_by}${body.approved_by === null ? "" : `, zugestimmt von ${body.approved_by}`}: ${body.reason}.`;
    case "entry-posted":
      return `Gebucht: ${body.lines.map(({ account, minor }) => `${account} ${say.money(minor)}`).join(", ")}.`;
    case "document-issued":
      return `${paymentTerms.document[body.kind] ?? body.kind} ${body.number} wurde an ${body.device_id} ausgestellt.`;
    case "document-reprinted":
      return `Kopie ${body.copy} machte ${whoOf(body.by)}.`;
    case "violation-changed":
      return `Verstoß (${paymentTerms.violation[body.violation_type] ?? body.violation_type}): ${paymentTerms.penalty[body.status] ?? body.status}, ${say.money(body.penalty_minor)}, durch ${whoOf(body.by)}: ${body.reason}.`;
    case "validation-changed":
      return `Parkvergünstigung von ${body.merchant_id}: ${paymentTerms.validation[body.state] ?? body.state}, durch ${whoOf(body.by)}: ${body.reason}.`;
    case "debt-changed":
      return `Schuld von ${say.money(body.amount_minor)}: ${paymentTerms.debt[body.state] ?? body.state}, durch ${whoOf(body.by)}: ${body.reason}.`;
    case "alert-acknowledged":
      return `Die Meldung wurde gesehen von ${whoOf(body.by)}.`;
    case "alert-resolved":
      return "Die Meldung ist erledigt.";
    default:
      return undefined;
  }
}
