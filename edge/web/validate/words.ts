import { tongueFor } from "../../../shared/web/tongue.ts";

const english = {
  language: "en",
  loading: "One moment",
  noToken: "This page does not know you. Open the address that the car park gave you.",
  offline: "The car park does not answer. Try again in a moment.",
  leftThisMonth: (amount: string) => `${amount} left this month`,
  whose: "Plate or ticket number",
  kinds: { minutes: "Minutes", amount: "Amount", percent: "Percent", all: "All of it" },
  howMuch: {
    minutes: "How many minutes",
    amount: (currency: string) => `How much, in ${currency}`,
    percent: "How many percent",
  },
  give: "Give",
  makeCode: "Make a code to hand out",
  codeMade: (day: string) =>
    `Your guest types it on the phone or shows it at the till, once, until ${day}.`,
  given: "Given. It counts when your guest pays.",
  refused: {
    "not-inside": "No such vehicle is inside.",
    "several-sessions": "Two vehicles are inside under this plate; ask the car park.",
    "too-much": "Nobody can give more than 100 percent.",
    "nothing-given": "Say how much you give.",
    "slow-down": "That was too often. Wait a minute.",
  } as Readonly<Record<string, string>>,
};

const german: typeof english = {
  language: "de",
  loading: "Einen Moment",
  noToken:
    "Diese Seite kennt Sie nicht. Öffnen Sie die Adresse, die Sie vom Parkhaus bekommen haben.",
  offline: "Das Parkhaus antwortet nicht. Versuchen Sie es gleich noch einmal.",
  leftThisMonth: (amount) => `Noch ${amount} in diesem Monat`,
  whose: "Kennzeichen oder Ticketnummer",
  kinds: { minutes: "Minuten", amount: "Betrag", percent: "Prozent", all: "Alles" },
  howMuch: {
    minutes: "Wie viele Minuten",
    amount: (currency) => `Wie viel, in ${currency}`,
    percent: "Wie viel Prozent",
  },
  give: "Geben",
  makeCode: "Code zum Mitgeben",
  codeMade: (day) =>
    `Ihr Gast tippt ihn am Telefon ein oder zeigt ihn an der Kasse, einmal, bis ${day}.`,
  given: "Gegeben. Es zählt, wenn Ihr Gast bezahlt.",
  refused: {
    "not-inside": "Dieses Fahrzeug ist nicht im Parkhaus.",
    "several-sessions":
      "Zwei Fahrzeuge mit diesem Kennzeichen sind im Parkhaus; fragen Sie das Parkhaus.",
    "too-much": "Mehr als 100 Prozent geht nicht.",
    "nothing-given": "Sagen Sie, wie viel Sie geben.",
    "slow-down": "Das war zu oft. Warten Sie eine Minute.",
  },
};

export const { words, locale } = tongueFor([english, german], navigator.languages);
