import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import { moneyWords } from "../money-words.ts";
import { paymentTerms } from "../payments/payment-terms.ts";
import { reasonInSpanish } from "./reasons-es.ts";
import { type Saying, whoOf } from "./story-saying.ts";
import { terms } from "./terms.ts";

const decided = { open: "Abierto", deny: "Rechazado", ask: "Se preguntó a una persona" } as const;
const answers: Readonly<Record<string, string>> = {
  accepted: "aceptado",
  rejected: "rechazado",
  unreachable: "no localizable",
  unknown: "incierto",
};
const passages: Readonly<Record<string, string>> = {
  passed: "el vehículo pasó",
  "backed-out": "dio marcha atrás",
  "nobody-passed": "no pasó nadie",
  tailgated: "pasó un segundo vehículo detrás",
  unconfirmed: "sin confirmar",
};

/** A session's line in Spanish; undefined for lines that are about no session. */
export function tellInSpanish({ type, body }: LedgerFact, say: Saying): string | undefined {
  switch (type) {
    case "lane-decided": {
      const whose = body.plate ? ` para ${body.plate}` : "";
      const who = body.actor.kind === "plate-rule" ? "" : `, por ${whoOf(body.actor)}`;
      const note = body.note === undefined ? "" : ` Nota: ${body.note}`;
      return `${decided[body.kind]}${whose} en ${body.lane_id}: ${reasonInSpanish(body.reason)}${who}.${note}`;
    }
    case "gate-commanded":
      return `Se ordenó abrir la barrera de ${body.lane_id}.`;
    case "gate-answered":
      return `La barrera de ${body.lane_id} respondió: ${answers[body.result] ?? body.result}.`;
    case "passage-ended":
      return `Paso por ${body.lane_id}: ${passages[body.outcome] ?? body.outcome}.`;
    case "session-pending":
      return `Se preparó una estancia en ${body.lane_id} para ${body.plate || "una matrícula sin leer"}.`;
    case "session-opened":
      return body.assumed
        ? "La estancia empezó; la entrada no se vio, solo se supuso."
        : "El vehículo entró; la estancia está abierta.";
    case "session-cancelled":
      return `La estancia se canceló: ${reasonInSpanish(body.reason)}.`;
    case "session-quoted":
      return `Se pidieron ${say.money(body.due_minor)} por ${say.stay(body.duration_s)}; el precio vale hasta ${say.moment(body.honoured_until)}.`;
    case "session-settled":
      return `Pagado; puede salir hasta ${say.moment(body.grace_until)}.`;
    case "session-closed":
      return `La estancia terminó tras ${say.stay(body.duration_s)} (${terms.state[body.outcome] ?? body.outcome}); pendiente: ${say.money(body.owed_minor)}.`;
    case "session-flagged":
      return `Anotado: ${terms.flag[body.flag] ?? body.flag}.`;
    case "plate-corrected":
      return `La matrícula ${body.from || "sin leer"} pasa a ser ${body.to} (leída: ${body.raw_plate || "nada"}), por ${whoOf(body.by)}: ${reasonInSpanish(body.reason)}.`;
    case "session-chosen":
      return `El vehículo en ${body.lane_id} es el de ${body.plate || "esta estancia"}, dijo ${whoOf(body.by)}.`;
    case "session-superseded":
      return `Era el mismo vehículo que en ${body.kept_id}, que continúa, dijo ${whoOf(body.by)}.`;
    case "session-in-space":
      return `Está en la plaza ${body.space_id} desde ${say.moment(body.from)} (${whoOf(body.by)}).`;
    case "session-out-of-space":
      return `Ya no está en la plaza ${body.space_id} (${whoOf(body.by)}).`;
    case "parking-ticket-issued":
      return `Se emitió el tique ${body.number} en ${body.lane_id}.`;
    case "parking-ticket-voided":
      return `El tique ${body.number} quedó anulado: ${reasonInSpanish(body.reason)}.`;
    case "parking-ticket-used":
      return `El tique ${body.number} se usó: el vehículo ha salido.`;
    case "parking-ticket-reprinted":
      return `El tique ${body.number} se volvió a imprimir en ${body.lane_id}, por ${whoOf(body.by)}: ${body.reason}.`;
    case "parking-ticket-lost":
      return `El tique se perdió, dijo ${whoOf(body.by)}: ${body.reason}.`;
    case "payment-started":
      return `Se pidieron ${say.money(body.amount_minor)}, ${moneyWords.methods[body.method]}${body.terminal_id === null ? "" : ` en ${body.terminal_id}`}.`;
    case "payment-captured":
      return `Se pagaron ${say.money(body.amount_minor)}, recibo ${body.receipt_number ?? "–"}.`;
    case "payment-declined":
      return `No se pagó: ${body.reason}.`;
    case "payment-unknown":
      return `La respuesta se perdió: ${body.detail}.`;
    case "payment-accepted-offline":
      return `Se aceptaron ${say.money(body.amount_minor)} sin respuesta del banco; se cobrarán después.`;
    case "payment-reversed":
      return `${whoOf(body.by)} anuló ${say.money(body.amount_minor)}: ${body.reason}.`;
    case "payment-disputed":
      return `La reclamación del titular de la tarjeta: ${paymentTerms.dispute[body.state] ?? body.state} (${body.detail}).`;
    case "refund-changed":
      return `Devolución de ${say.money(body.amount_minor)}: ${paymentTerms.refund[body.status] ?? body.status}, pedida por ${body.requested_by}${body.approved_by === null ? "" : `, aprobada por ${body.approved_by}`}: ${body.reason}.`;
    case "entry-posted":
      return `Contabilizado: ${body.lines.map(({ account, minor }) => `${account} ${say.money(minor)}`).join(", ")}.`;
    case "document-issued":
      return `${paymentTerms.document[body.kind] ?? body.kind} ${body.number}, emitido en ${body.device_id}.`;
    case "document-reprinted":
      return `${whoOf(body.by)} hizo la copia ${body.copy}.`;
    case "violation-changed":
      return `Infracción (${paymentTerms.violation[body.violation_type] ?? body.violation_type}): ${paymentTerms.penalty[body.status] ?? body.status}, ${say.money(body.penalty_minor)}, por ${whoOf(body.by)}: ${body.reason}.`;
    case "validation-changed":
      return `Bonificación de ${body.merchant_id}: ${paymentTerms.validation[body.state] ?? body.state}, por ${whoOf(body.by)}: ${body.reason}.`;
    case "debt-changed":
      return `Deuda de ${say.money(body.amount_minor)}: ${paymentTerms.debt[body.state] ?? body.state}, por ${whoOf(body.by)}: ${body.reason}.`;
    case "alert-acknowledged":
      return `${whoOf(body.by)} vio la alerta.`;
    case "alert-resolved":
      return "La alerta está resuelta.";
    default:
      return undefined;
  }
}
