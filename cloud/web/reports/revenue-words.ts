import { inLanguage } from "../frame/language.ts";

/** What the page of a facility's revenue says. */
const en = {
  question: "What was taken?",
  sentence: (total: string, count: string, isOne: boolean) =>
    `${total} from ${count} ${isOne ? "payment" : "payments"}.`,
  nothing: "Nothing was taken on these days.",
  definition:
    "Revenue is what was taken for stays, penalties and renewals, on the day of the payment. Loading stored value is none until it is parked away, and what is given up is none: both stand apart. What went back counts on the day when it did. A zone's revenue is what vehicles paid that stood in one of its spaces, or, where that is not known, came in by a lane which leads to that zone alone; the rest is shared out by the time that the zones' spaces were occupied.",
  total: "Taken",
  net: "What remains",
  transactions: "Payments",
  givenBack: "Went back",
  byDay: "How much was taken on each day?",
  day: "Day",
  byMethod: "How was it paid?",
  method: "Paid by",
  count: "Payments",
  amount: "Amount",
  share: "Share",
  byZone: "Which zone earned it?",
  zone: "Zone",
  measured: "By space or lane",
  shared: "Shared out",
  noZone: "No zone can be named",
  back: "What went back?",
  backKind: {
    refunds: "Refunds",
    reversals: "Payments taken back whole",
    charge_backs: "Lost disputes",
  },
  notRevenue: "What else was taken, but is no revenue?",
  purpose: {
    "top-up": "Stored value loaded",
    stay: "Stays",
    violation: "Penalties",
    renewal: "Renewals",
  } as Readonly<Record<string, string>>,
  what: "What",
};

const de: typeof en = {
  question: "Was wurde eingenommen?",
  sentence: (total, count, isOne) => `${total} aus ${count} ${isOne ? "Zahlung" : "Zahlungen"}.`,
  nothing: "An diesen Tagen wurde nichts eingenommen.",
  definition:
    "Umsatz ist, was für Parkvorgänge, Vertragsstrafen und Verlängerungen eingenommen wurde, am Tag der Zahlung. Aufgeladenes Guthaben ist keiner, bis es verparkt ist, und Erlassenes auch nicht: Beides steht für sich. Was zurückging, zählt an dem Tag, an dem es zurückging. Der Umsatz einer Zone ist, was Fahrzeuge bezahlt haben, die auf einem ihrer Stellplätze standen oder, wo das nicht bekannt ist, deren Einfahrtsspur nur in diese Zone führt; der Rest ist nach der Zeit verteilt, in der die Stellplätze der Zonen belegt waren.",
  total: "Eingenommen",
  net: "Was bleibt",
  transactions: "Zahlungen",
  givenBack: "Ging zurück",
  byDay: "Wie viel wurde an jedem Tag eingenommen?",
  day: "Tag",
  byMethod: "Womit wurde bezahlt?",
  method: "Bezahlt mit",
  count: "Zahlungen",
  amount: "Betrag",
  share: "Anteil",
  byZone: "Welche Zone hat es verdient?",
  zone: "Zone",
  measured: "Nach Stellplatz oder Spur",
  shared: "Verteilt",
  noZone: "Keine Zone zuzuordnen",
  back: "Was ging zurück?",
  backKind: {
    refunds: "Erstattungen",
    reversals: "Ganz zurückgenommene Zahlungen",
    charge_backs: "Verlorene Anfechtungen",
  },
  notRevenue: "Was kam sonst herein, ist aber kein Umsatz?",
  purpose: {
    "top-up": "Aufgeladenes Guthaben",
    stay: "Parkvorgänge",
    violation: "Vertragsstrafen",
    renewal: "Verlängerungen",
  },
  what: "Was",
};

const es: typeof en = {
  question: "¿Cuánto se ha cobrado?",
  sentence: (total, count, isOne) => `${total} en ${count} ${isOne ? "pago" : "pagos"}.`,
  nothing: "En estos días no se cobró nada.",
  definition:
    "Ingresos son lo cobrado por estancias, penalizaciones y renovaciones, en el día del pago. Un saldo cargado no lo es hasta que se consume, y lo condonado tampoco: ambos figuran aparte. Lo devuelto cuenta en el día en que se devolvió. Los ingresos de una zona son lo que pagaron los vehículos que estuvieron en una de sus plazas o, si no se sabe, que entraron por un carril que lleva solo a esa zona; el resto se reparte según el tiempo que estuvieron ocupadas las plazas de cada zona.",
  total: "Cobrado",
  net: "Lo que queda",
  transactions: "Pagos",
  givenBack: "Devuelto",
  byDay: "¿Cuánto se cobró cada día?",
  day: "Día",
  byMethod: "¿Cómo se pagó?",
  method: "Pagado con",
  count: "Pagos",
  amount: "Importe",
  share: "Parte",
  byZone: "¿Qué zona lo ganó?",
  zone: "Zona",
  measured: "Por plaza o carril",
  shared: "Repartido",
  noZone: "Sin zona asignable",
  back: "¿Qué se devolvió?",
  backKind: {
    refunds: "Reembolsos",
    reversals: "Pagos anulados por completo",
    charge_backs: "Disputas perdidas",
  },
  notRevenue: "¿Qué más entró que no sea ingreso?",
  purpose: {
    "top-up": "Saldo cargado",
    stay: "Estancias",
    violation: "Penalizaciones",
    renewal: "Renovaciones",
  },
  what: "Qué",
};

export const revenueWords = inLanguage({ en, de, es });
