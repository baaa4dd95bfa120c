import { language } from "./frame/language.ts";

const en: Readonly<Record<string, string>> = {
  "ledger-fork": "The ledger has two histories: it does not go on until someone has looked",
  "ledger-broken-chain": "A ledger line does not follow from the one before",
  "ledger-restored": "The facility works with an older copy of its book",
  "ledger-skipped-epoch": "An epoch of the ledger never arrived",
  "ledger-line-set-aside": "A ledger line was not understood",
  "spaces-refused": "A space could not be taken over",
  "gate-fault": "The gate did not take its command",
  "gate-release-failed": "The gate's OPEN contact may be stuck",
  "gate-opened-unexplained": "The gate opened without a command",
  "attendant-needed": "A car needs the attendant",
  "receipt-not-printed": "A driver's receipt did not come out",
  "payment-undecided": "Nobody knows yet whether a payment was taken",
  "session-assumed-closed": "A car came in again: its earlier stay was closed",
  "orphan-exit": "A car left that was not known to be inside",
  "exit-unconfirmed": "Nothing shows that a car left",
  tailgate: "A second car went through behind the first",
  "disk-full": "The disk is full",
};

const de: Readonly<Record<string, string>> = {
  "ledger-fork": "Das Journal hat zwei Fassungen: Es geht nicht weiter, bis jemand nachgesehen hat",
  "ledger-broken-chain": "Eine Journalzeile folgt nicht aus der vorigen",
  "ledger-restored": "Die Anlage arbeitet mit einer älteren Kopie ihres Buches",
  "ledger-skipped-epoch": "Eine Epoche des Journals kam nie an",
  "ledger-line-set-aside": "Eine Journalzeile wurde nicht verstanden",
  "spaces-refused": "Ein Stellplatz konnte nicht übernommen werden",
  "gate-fault": "Die Schranke hat ihren Befehl nicht angenommen",
  "gate-release-failed": "Der AUF-Kontakt der Schranke hängt vielleicht",
  "gate-opened-unexplained": "Die Schranke öffnete ohne Befehl",
  "attendant-needed": "Ein Auto braucht Hilfe",
  "receipt-not-printed": "Eine Quittung kam nicht heraus",
  "payment-undecided": "Noch ist ungewiss, ob eine Zahlung erfolgt ist",
  "session-assumed-closed": "Ein Auto kam erneut: Sein voriger Parkvorgang wurde geschlossen",
  "orphan-exit": "Ein Auto fuhr aus, das nicht als eingefahren bekannt war",
  "exit-unconfirmed": "Nichts zeigt, dass ein Auto ausgefahren ist",
  tailgate: "Ein zweites Auto fuhr hinter dem ersten durch",
  "disk-full": "Der Datenträger ist voll",
};

const known = language === "de" ? de : en;

/** What head office itself raises has its sentence; an edge's own alert is told by its type, as words. */
export const alertText = (type: string): string =>
  known[type] ?? type.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
