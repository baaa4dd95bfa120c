import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { tongueFor } from "../../../shared/web/tongue.ts";

const english = {
  language: "en",
  loading: "One moment",
  title: "Pay for parking",
  whose: "Plate or ticket number",
  whoseHint: "The ticket number stands under the code on your ticket.",
  look: "Show what I owe",
  due: "To pay now",
  inside: (duration: string) => `Parked for ${duration}`,
  left: (duration: string) => `Your stay of ${duration}, not yet paid`,
  whole: "Whole price",
  paid: "Already paid",
  given: "A shop pays for you",
  pay: (amount: string) => `Pay ${amount}`,
  payBy: (amount: string, gateway: string) => `Pay ${amount} with ${gateway}`,
  goingThere: "Opening the payment page…",
  safe: "You pay on the page of the payment service. The car park never sees your card.",
  haveCode: "I have a code from a shop",
  code: "Code",
  takeCode: "Take it off",
  nothingDue: "Nothing to pay now.",
  leaveWithin: (duration: string) => `The exit is free for another ${duration}.`,
  leaveNow: "The free time for leaving is over. Look what is owed now.",
  lookAgain: "Look again",
  otherVehicle: "Another vehicle",
  noGateway: "Nobody pays by phone here. Pay at the till or at the exit.",
  waitingTitle: "Your payment has not arrived yet",
  waitingText: "If you have paid, this takes a few seconds. Nothing is taken twice.",
  goOn: (amount: string) => `Go on paying ${amount}`,
  back: "Back to my stay",
  paidTitle: (amount: string) => `${amount} paid`,
  stillDue: (amount: string) => `${amount} have been added since. Pay them before you leave.`,
  driveOut: "Drive to the exit; it opens by your plate or ticket.",
  receipt: "Receipt",
  declinedTitle: "Not paid",
  declinedText: "The payment service took nothing. Try again, or pay at the till or at the exit.",
  returnedTitle: "The money goes back to you",
  returnedText: "Your stay was paid another way meanwhile.",
  offline:
    "The car park does not answer. Try again in a moment, or pay at the till or at the exit.",
  refused: {
    "not-inside":
      "We do not find this vehicle. Look at the plate again, or type the number of your ticket.",
    "several-sessions": "Two vehicles are inside under this plate. Ask at the till.",
    "nothing-due": "Nothing is owed any more.",
    "no-such-code": "There is no such code. Look at it again.",
    "code-used": "This code was used already.",
    "code-over": "This code holds no longer.",
    "slow-down": "That was too often. Wait a minute.",
    "gateway-away":
      "Nobody can pay by phone just now; nothing was taken. Try again, or pay at the till or at the exit.",
    "offer-over": "The payment page has ended. Press again.",
    "too-many-offers": "This stay is being paid on other phones. Pay at the till or at the exit.",
  } as Readonly<Record<string, string>>,
};

const german: typeof english = {
  language: "de",
  loading: "Einen Moment",
  title: "Parken bezahlen",
  whose: "Kennzeichen oder Ticketnummer",
  whoseHint: "Die Ticketnummer steht unter dem Code auf Ihrem Ticket.",
  look: "Zeigen, was zu zahlen ist",
  due: "Jetzt zu zahlen",
  inside: (duration) => `Geparkt seit ${duration}`,
  left: (duration) => `Ihr Aufenthalt von ${duration}, noch nicht bezahlt`,
  whole: "Ganzer Preis",
  paid: "Schon bezahlt",
  given: "Zahlt ein Geschäft für Sie",
  pay: (amount) => `${amount} bezahlen`,
  payBy: (amount, gateway) => `${amount} mit ${gateway} bezahlen`,
  goingThere: "Die Zahlungsseite wird geöffnet…",
  safe: "Sie zahlen auf der Seite des Zahlungsdienstes. Das Parkhaus sieht Ihre Karte nie.",
  haveCode: "Ich habe einen Code von einem Geschäft",
  code: "Code",
  takeCode: "Abziehen",
  nothingDue: "Jetzt ist nichts zu zahlen.",
  leaveWithin: (duration) => `Die Ausfahrt ist noch ${duration} frei.`,
  leaveNow: "Die freie Zeit zum Ausfahren ist vorbei. Sehen Sie nach, was jetzt offen ist.",
  lookAgain: "Noch einmal nachsehen",
  otherVehicle: "Anderes Fahrzeug",
  noGateway: "Hier zahlt man nicht mit dem Telefon. Zahlen Sie an der Kasse oder an der Ausfahrt.",
  waitingTitle: "Ihre Zahlung ist noch nicht angekommen",
  waitingText: "Wenn Sie bezahlt haben, dauert das einige Sekunden. Nichts wird doppelt abgebucht.",
  goOn: (amount) => `Weiter: ${amount} bezahlen`,
  back: "Zurück zum Aufenthalt",
  paidTitle: (amount) => `${amount} bezahlt`,
  stillDue: (amount) =>
    `Inzwischen sind ${amount} dazugekommen. Bezahlen Sie sie vor der Ausfahrt.`,
  driveOut: "Fahren Sie zur Ausfahrt; sie öffnet mit Ihrem Kennzeichen oder Ticket.",
  receipt: "Quittung",
  declinedTitle: "Nicht bezahlt",
  declinedText:
    "Der Zahlungsdienst hat nichts abgebucht. Versuchen Sie es noch einmal, oder zahlen Sie an der Kasse oder an der Ausfahrt.",
  returnedTitle: "Sie bekommen das Geld zurück",
  returnedText: "Ihr Aufenthalt wurde inzwischen anders bezahlt.",
  offline:
    "Das Parkhaus antwortet nicht. Versuchen Sie es gleich noch einmal, oder zahlen Sie an der Kasse oder an der Ausfahrt.",
  refused: {
    "not-inside":
      "Dieses Fahrzeug finden wir nicht. Prüfen Sie das Kennzeichen, oder geben Sie die Nummer Ihres Tickets ein.",
    "several-sessions":
      "Zwei Fahrzeuge mit diesem Kennzeichen sind im Parkhaus. Fragen Sie an der Kasse.",
    "nothing-due": "Es ist nichts mehr offen.",
    "no-such-code": "Diesen Code gibt es nicht. Prüfen Sie ihn noch einmal.",
    "code-used": "Dieser Code wurde schon benutzt.",
    "code-over": "Dieser Code gilt nicht mehr.",
    "slow-down": "Das war zu oft. Warten Sie eine Minute.",
    "gateway-away":
      "Mit dem Telefon kann gerade niemand zahlen; abgebucht wurde nichts. Versuchen Sie es noch einmal, oder zahlen Sie an der Kasse oder an der Ausfahrt.",
    "offer-over": "Die Zahlungsseite ist abgelaufen. Drücken Sie noch einmal.",
    "too-many-offers":
      "Dieser Aufenthalt wird gerade an anderen Telefonen bezahlt. Zahlen Sie an der Kasse oder an der Ausfahrt.",
  },
};

const tongue = tongueFor([english, german], navigator.languages);
export const { words } = tongue;

/** @param minor whole minor units */
export const amountText = (minor: number, currency: string): string =>
  formatMinor(minorUnits(minor), currency, tongue.locale);
