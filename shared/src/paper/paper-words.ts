import type { DocumentKind, PaymentMethod, PaymentPurpose } from "../contracts/money-terms.ts";

/** What stands on papers, in one language. */
export interface PaperWords {
  readonly kinds: Readonly<Record<DocumentKind, string>>;
  /** What the amount of each kind is. */
  readonly amounts: Readonly<Record<DocumentKind, string>>;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  readonly copy: (count: number) => string;
  readonly number: string;
  readonly date: string;
  readonly taxId: string;
  readonly plate: string;
  readonly entered: string;
  readonly left: string;
  readonly total: string;
  readonly paidBefore: string;
  readonly backBefore: string;
  readonly tendered: string;
  readonly change: string;
  readonly changeOwed: string;
  readonly rounding: string;
  readonly tax: (rate: string, net: string) => string;
  readonly noTax: string;
  readonly about: string;
  readonly reason: string;
  readonly page: string;
  /** What a stay is where its price has no lines. */
  readonly parking: string;
  readonly purposes: Readonly<Record<PaymentPurpose, string>>;
  /** Rules of a price that tariffs do not name themselves. */
  readonly rules: Readonly<Record<string, string>>;
  readonly shift: ShiftWords;
}

interface ShiftWords {
  readonly interim: string;
  readonly till: string;
  readonly operator: string;
  readonly opened: string;
  readonly until: string;
  readonly float: string;
  readonly cash: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly expected: string;
  readonly counted: string;
  readonly difference: string;
  readonly left: string;
  readonly means: string;
  readonly givenBack: string;
  readonly taxes: string;
  readonly receipts: string;
  readonly refunds: string;
  readonly voids: string;
  readonly nil: string;
  readonly openings: string;
  readonly debts: string;
  readonly pieces: string;
  readonly none: string;
}

const english: PaperWords = {
  kinds: {
    receipt: "Receipt",
    invoice: "Invoice",
    refund: "Refund note",
    "shift-report": "Shift report Z",
    "debt-note": "Debt note",
  },
  amounts: {
    receipt: "Paid",
    invoice: "Paid",
    refund: "Given back",
    "shift-report": "Counted",
    "debt-note": "Still owed",
  },
  methods: {
    card: "Card",
    cash: "Cash",
    online: "Online",
    "stored-value": "Stored value",
    validation: "Validation",
    "on-file": "Means on file",
    nil: "Given up",
  },
  copy: (count) => `COPY ${count}`,
  number: "No.",
  date: "Date",
  taxId: "Tax number",
  plate: "Plate",
  entered: "Entered",
  left: "Until",
  total: "Total",
  paidBefore: "Paid before",
  backBefore: "Given back before",
  tendered: "Handed over",
  change: "Change",
  changeOwed: "Change still owed",
  rounding: "Rounded to coins",
  tax: (rate, net) => `${rate} tax in it, net ${net}`,
  noTax: "No tax",
  about: "About",
  reason: "Reason",
  page: "This paper on your phone:",
  parking: "Parking",
  purposes: {
    stay: "Parking",
    violation: "Penalty",
    "top-up": "Loaded onto an account",
    renewal: "Permit",
  },
  rules: {
    minimum: "Up to the minimum",
    maximum: "Down to the maximum",
    "paid-earlier": "Paid for an earlier stay",
    parking: "Parking",
    free: "Free time",
    paid: "Paid until then",
    "lost-ticket": "Lost ticket",
    tax: "Tax",
  },
  shift: {
    interim: "Shift report X (interim)",
    till: "Till",
    operator: "Operator",
    opened: "Opened",
    until: "Closed",
    float: "Float",
    cash: "Cash",
    kinds: {
      capture: "Payments",
      refund: "Refunds",
      reversal: "Voids",
      drop: "Drops to the safe",
      "pay-in": "Paid in",
      "pay-out": "Paid out",
      "change-out": "Change paid out later",
      "account-closed": "Accounts paid out",
    },
    expected: "Expected",
    counted: "Counted",
    difference: "Difference",
    left: "Left in the drawer",
    means: "Taken",
    givenBack: "given back",
    taxes: "Tax",
    receipts: "Receipts",
    refunds: "Refunds",
    voids: "Voids",
    nil: "Nil payments",
    openings: "Gates opened by hand",
    debts: "Debts",
    pieces: "Coins and notes",
    none: "none",
  },
};

const german: PaperWords = {
  kinds: {
    receipt: "Quittung",
    invoice: "Rechnung",
    refund: "Erstattung",
    "shift-report": "Schichtbericht Z",
    "debt-note": "Schuldschein",
  },
  amounts: {
    receipt: "Bezahlt",
    invoice: "Bezahlt",
    refund: "Erstattet",
    "shift-report": "Gezählt",
    "debt-note": "Noch offen",
  },
  methods: {
    card: "Karte",
    cash: "Bar",
    online: "Online",
    "stored-value": "Guthaben",
    validation: "Parkvergünstigung",
    "on-file": "Hinterlegtes Zahlungsmittel",
    nil: "Erlassen",
  },
  copy: (count) => `KOPIE ${count}`,
  number: "Nr.",
  date: "Datum",
  taxId: "Steuernummer",
  plate: "Kennzeichen",
  entered: "Einfahrt",
  left: "Bis",
  total: "Summe",
  paidBefore: "Bereits bezahlt",
  backBefore: "Bereits erstattet",
  tendered: "Gegeben",
  change: "Rückgeld",
  changeOwed: "Rückgeld noch offen",
  rounding: "Rundung auf Münzen",
  tax: (rate, net) => `darin ${rate} USt., netto ${net}`,
  noTax: "ohne USt.",
  about: "Zu",
  reason: "Grund",
  page: "Dieser Beleg auf dem Telefon:",
  parking: "Parken",
  purposes: {
    stay: "Parken",
    violation: "Vertragsstrafe",
    "top-up": "Guthaben aufgeladen",
    renewal: "Dauerparkberechtigung",
  },
  rules: {
    minimum: "Bis zum Mindestpreis",
    maximum: "Bis zum Höchstpreis",
    "paid-earlier": "Für einen früheren Aufenthalt bezahlt",
    parking: "Parken",
    free: "Freie Zeit",
    paid: "Bis dahin bezahlt",
    "lost-ticket": "Verlorenes Ticket",
    tax: "USt.",
  },
  shift: {
    interim: "Schichtbericht X (Zwischenstand)",
    till: "Kasse",
    operator: "Bediener",
    opened: "Geöffnet",
    until: "Geschlossen",
    float: "Wechselgeld",
    cash: "Bargeld",
    kinds: {
      capture: "Zahlungen",
      refund: "Erstattungen",
      reversal: "Stornos",
      drop: "Abschöpfungen",
      "pay-in": "Einlagen",
      "pay-out": "Entnahmen",
      "change-out": "Nachgezahltes Rückgeld",
      "account-closed": "Ausgezahlte Konten",
    },
    expected: "Soll",
    counted: "Ist",
    difference: "Differenz",
    left: "In der Kasse geblieben",
    means: "Eingenommen",
    givenBack: "erstattet",
    taxes: "Umsatzsteuer",
    receipts: "Quittungen",
    refunds: "Erstattungen",
    voids: "Stornos",
    nil: "Erlassene Zahlungen",
    openings: "Von Hand geöffnet",
    debts: "Schuldscheine",
    pieces: "Münzen und Scheine",
    none: "keine",
  },
};

/** @param locale BCP 47; a language that papers do not speak is English */
export const paperWords = (locale: string): PaperWords =>
  locale.toLowerCase().startsWith("de") ? german : english;
