import { inLanguage } from "../frame/language.ts";

/** What the pages of payments say. */
const en = {
  title: "How was it paid?",
  name: "Payments",
  sentence: (total: string, count: string, isOne: boolean) =>
    isOne ? `${total} in 1 payment.` : `${total} in ${count} payments.`,
  nothing: "Nothing was paid on these days.",
  definition:
    "Counted are payments for stays, penalties and renewals on the day on which they were taken, before what went back. Loading stored value is no revenue, and what nobody pays is none. By state stand the payments that began on these days, whatever became of them.",
  total: "Taken",
  average: "Average payment",
  byMethod: "By how it was paid",
  method: "Paid by",
  count: "Payments",
  amount: "Amount",
  byStatus: "By what became of them",
  status: "State",
  last: "The last ten",
  listTitle: "Which payments?",
  list: "List of payments",
  listShown: (count: string, more: boolean, isOne: boolean) =>
    more
      ? `The newest ${count} are shown.`
      : isOne
        ? "1 payment is shown."
        : `${count} payments are shown.`,
  none: "No payment fits.",
  started: "Began",
  processed: "Taken at",
  purpose: "For",
  refunded: "Given back",
  terminal: "At",
  card: "Card",
  cardEnds: (four: string) => `… ${four}`,
  session: "Session",
  openSession: "Open",
  from: "From day",
  to: "To day",
  by: "Days on which it",
  byChoice: {
    captured: "was taken",
    started: "began",
    refunded: "was given back",
    reversed: "was taken back",
    "charged-back": "was charged back",
  },
  ofSession: (id: string) => `of session ${id.slice(0, 8)}…`,
  ofLane: (lane: string) => `came in by ${lane}`,
};

const de: typeof en = {
  title: "Wie wurde bezahlt?",
  name: "Zahlungen",
  sentence: (total, count, isOne) =>
    isOne ? `${total} mit 1 Zahlung.` : `${total} mit ${count} Zahlungen.`,
  nothing: "An diesen Tagen wurde nichts bezahlt.",
  definition:
    "Gezählt werden Zahlungen für Parken, Vertragsstrafen und Verlängerungen am Tag, an dem sie eingenommen wurden, vor dem, was zurückging. Aufladen von Guthaben ist kein Umsatz, und was niemand bezahlt, auch nicht. Nach Stand sind die Zahlungen aufgeführt, die an diesen Tagen begannen, was auch aus ihnen wurde.",
  total: "Eingenommen",
  average: "Zahlung im Schnitt",
  byMethod: "Nach Zahlungsart",
  method: "Bezahlt mit",
  count: "Zahlungen",
  amount: "Betrag",
  byStatus: "Was daraus wurde",
  status: "Stand",
  last: "Die letzten zehn",
  listTitle: "Welche Zahlungen?",
  list: "Liste der Zahlungen",
  listShown: (count, more, isOne) =>
    more
      ? `Die neuesten ${count} werden gezeigt.`
      : isOne
        ? "1 Zahlung wird gezeigt."
        : `${count} Zahlungen werden gezeigt.`,
  none: "Keine Zahlung passt dazu.",
  started: "Begonnen",
  processed: "Eingenommen um",
  purpose: "Wofür",
  refunded: "Erstattet",
  terminal: "Wo",
  card: "Karte",
  cardEnds: (four) => `… ${four}`,
  session: "Parkvorgang",
  openSession: "Öffnen",
  from: "Ab Tag",
  to: "Bis Tag",
  by: "Tage, an denen sie",
  byChoice: {
    captured: "eingenommen wurde",
    started: "begann",
    refunded: "erstattet wurde",
    reversed: "zurückgenommen wurde",
    "charged-back": "rückbelastet wurde",
  },
  ofSession: (id) => `von Parkvorgang ${id.slice(0, 8)}…`,
  ofLane: (lane) => `Einfahrt über ${lane}`,
};

const es: typeof en = {
  title: "¿Cómo se pagó?",
  name: "Pagos",
  sentence: (total, count, isOne) =>
    isOne ? `${total} en 1 pago.` : `${total} en ${count} pagos.`,
  nothing: "En estos días no se pagó nada.",
  definition:
    "Se cuentan los pagos de estancias, sanciones y renovaciones en el día en que se cobraron, antes de las devoluciones. Recargar saldo no es ingreso, y lo que nadie paga tampoco. Por estado figuran los pagos que empezaron en estos días, acabaran como acabaran.",
  total: "Cobrado",
  average: "Pago medio",
  byMethod: "Según la forma de pago",
  method: "Pagado con",
  count: "Pagos",
  amount: "Importe",
  byStatus: "En qué quedaron",
  status: "Estado",
  last: "Los diez últimos",
  listTitle: "¿Qué pagos?",
  list: "Lista de pagos",
  listShown: (count, more, isOne) =>
    more
      ? `Se muestran los ${count} más recientes.`
      : isOne
        ? "Se muestra 1 pago."
        : `Se muestran ${count} pagos.`,
  none: "Ningún pago coincide.",
  started: "Inicio",
  processed: "Cobrado a las",
  purpose: "Por",
  refunded: "Devuelto",
  terminal: "En",
  card: "Tarjeta",
  cardEnds: (four) => `… ${four}`,
  session: "Estancia",
  openSession: "Abrir",
  from: "Desde el día",
  to: "Hasta el día",
  by: "Días en que",
  byChoice: {
    captured: "se cobró",
    started: "empezó",
    refunded: "se devolvió",
    reversed: "se anuló",
    "charged-back": "se retrocedió",
  },
  ofSession: (id) => `de la estancia ${id.slice(0, 8)}…`,
  ofLane: (lane) => `entró por ${lane}`,
};

export const paymentWords = inLanguage({ en, de, es });
