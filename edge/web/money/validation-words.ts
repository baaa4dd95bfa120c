import { tongueFor } from "../../../shared/web/tongue.ts";

/** What is said of merchants who pay for their guests, in English; other languages have exactly the same keys. */
const en = {
  language: "en",
  merchant: "Merchant",
  code: "Code that the driver shows",
  noMerchants: "No merchant validates here yet.",
  kinds: { minutes: "Minutes", amount: "Amount", percent: "Percent", all: "Everything" },
  howMuch: { minutes: "Free minutes", amount: "Amount", percent: "Percent of the price", all: "" },
  give: "Validate",
  redeem: "Take the code",
  hint: "It is taken off when the driver pays; the merchant is billed.",
  given: "Given to this stay",
  gift: {
    minutes: (value: string) => `${value} minutes`,
    amount: (value: string) => value,
    percent: (value: string) => `${value} %`,
    all: () => "everything",
  },
  states: { issued: "not used yet", used: "used", revoked: "taken back", expired: "over" },
  worth: (amount: string) => `paid ${amount}`,
  takeBack: "Take back",
  keepIt: "Keep it",
  takeBackSure: (merchant: string) => `Take back what ${merchant} gave`,
  reasons: ["Wrong vehicle", "Wrong merchant", "Merchant asks for it"],
};

const de: typeof en = {
  language: "de",
  merchant: "Händler",
  code: "Code, den der Fahrer zeigt",
  noMerchants: "Noch gibt hier kein Händler etwas dazu.",
  kinds: { minutes: "Minuten", amount: "Betrag", percent: "Prozent", all: "Alles" },
  howMuch: { minutes: "Freie Minuten", amount: "Betrag", percent: "Prozent vom Preis", all: "" },
  give: "Entwerten",
  redeem: "Code einlösen",
  hint: "Es wird beim Bezahlen abgezogen; der Händler bekommt die Rechnung.",
  given: "Für diesen Aufenthalt gegeben",
  gift: {
    minutes: (value) => `${value} Minuten`,
    amount: (value) => value,
    percent: (value) => `${value} %`,
    all: () => "alles",
  },
  states: {
    issued: "noch nicht benutzt",
    used: "benutzt",
    revoked: "zurückgenommen",
    expired: "vorbei",
  },
  worth: (amount) => `${amount} bezahlt`,
  takeBack: "Zurücknehmen",
  keepIt: "Behalten",
  takeBackSure: (merchant) => `Zurücknehmen, was ${merchant} gegeben hat`,
  reasons: ["Falsches Fahrzeug", "Falscher Händler", "Händler bittet darum"],
};

export const { words: validationWords } = tongueFor([en, de], navigator.languages);
