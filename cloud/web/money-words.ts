import type { PaymentMethod } from "@gatehouse/shared/contracts/money-terms";
import { inLanguage } from "./frame/language.ts";

/** What the page says of money. */
interface MoneyWords {
  readonly money: (day: string) => string;
  readonly asHeld: (time: string) => string;
  readonly stillToCome: (count: string) => string;
  readonly nothingTaken: string;
  readonly method: string;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  /** The beginning of the payment is not known. */
  readonly someMethod: string;
  readonly payments: string;
  readonly taken: string;
  readonly givenBack: string;
  readonly tax: string;
  readonly rate: (percent: string) => string;
  readonly noRate: string;
  readonly net: string;
  readonly openDebts: string;
  readonly noDebts: string;
  readonly debts: (count: string, owed: string, one: boolean) => string;
  readonly lastReports: string;
  readonly drawer: string;
  readonly report: string;
  readonly counted: string;
  readonly difference: string;
}

const en: MoneyWords = {
  money: (day) => `Money on ${day}`,
  asHeld: (time) => `As the ledger says until ${time}.`,
  stillToCome: (count) => `${count} lines still to come may change it.`,
  nothingTaken: "Nothing taken yet.",
  method: "Paid by",
  methods: {
    card: "Card",
    cash: "Cash",
    online: "Online",
    "stored-value": "Stored value",
    validation: "Validation",
    "on-file": "Means on file",
    nil: "Given up",
  },
  someMethod: "Not known how",
  payments: "Payments",
  taken: "Taken",
  givenBack: "Given back",
  tax: "Tax",
  rate: (percent) => `At ${percent}`,
  noRate: "Without a rate",
  net: "Net revenue",
  openDebts: "Open debts",
  noDebts: "None.",
  debts: (count, owed, one) => `${count} ${one ? "driver owes" : "drivers owe"} ${owed}.`,
  lastReports: "Last report of each drawer",
  drawer: "Drawer",
  report: "Report",
  counted: "Counted",
  difference: "Difference",
};

const de: MoneyWords = {
  money: (day) => `Geld am ${day}`,
  asHeld: (time) => `Wie das Journal bis ${time} sagt.`,
  stillToCome: (count) => `${count} noch ausstehende Zeilen können es ändern.`,
  nothingTaken: "Noch nichts eingenommen.",
  method: "Bezahlt mit",
  methods: {
    card: "Karte",
    cash: "Bargeld",
    online: "Online",
    "stored-value": "Guthaben",
    validation: "Parkvergünstigung",
    "on-file": "Hinterlegtes Zahlungsmittel",
    nil: "Erlassen",
  },
  someMethod: "Zahlungsart unbekannt",
  payments: "Zahlungen",
  taken: "Eingenommen",
  givenBack: "Erstattet",
  tax: "Umsatzsteuer",
  rate: (percent) => `Zu ${percent}`,
  noRate: "Ohne Satz",
  net: "Nettoerlös",
  openDebts: "Offene Schulden",
  noDebts: "Keine.",
  debts: (count, owed, one) => `${count} ${one ? "Person schuldet" : "Personen schulden"} ${owed}.`,
  lastReports: "Letzter Bericht jeder Kasse",
  drawer: "Kasse",
  report: "Bericht",
  counted: "Gezählt",
  difference: "Differenz",
};

const es: MoneyWords = {
  money: (day) => `Dinero del ${day}`,
  asHeld: (time) => `Según el registro hasta ${time}.`,
  stillToCome: (count) => `Las ${count} líneas que faltan por llegar pueden cambiarlo.`,
  nothingTaken: "Todavía no se ha cobrado nada.",
  method: "Pagado con",
  methods: {
    card: "Tarjeta",
    cash: "Efectivo",
    online: "En línea",
    "stored-value": "Saldo",
    validation: "Validación de comercio",
    "on-file": "Medio de pago guardado",
    nil: "Condonado",
  },
  someMethod: "No se sabe cómo",
  payments: "Pagos",
  taken: "Cobrado",
  givenBack: "Devuelto",
  tax: "IVA",
  rate: (percent) => `Al ${percent}`,
  noRate: "Sin tipo",
  net: "Ingreso neto",
  openDebts: "Deudas abiertas",
  noDebts: "Ninguna.",
  debts: (count, owed, one) => `${count} ${one ? "conductor debe" : "conductores deben"} ${owed}.`,
  lastReports: "Último informe de cada caja",
  drawer: "Caja",
  report: "Informe",
  counted: "Contado",
  difference: "Diferencia",
};

export const moneyWords = inLanguage({ en, de, es });
