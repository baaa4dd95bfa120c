import { tongueFor } from "../../shared/web/tongue.ts";

/** What is said where a lane needs somebody, in English; other languages have exactly the same keys. */
const en = {
  language: "en",
  ways: {
    exit: { pick: "Pick its picture", ticket: "Ticket or lost", away: "", call: "Call" },
    entry: { pick: "Say its plate", ticket: "Hand out a ticket", away: "Turn away", call: "Call" },
  },
  chooseWay: "What is to be done",
  more: "Plate, ticket, call…",

  entryTitle: (lane: string) => `Who wants in at ${lane}?`,
  named: "Whose plate it may be",
  kinds: {
    permit: "permit",
    visitor: "visitor",
    reservation: "reservation",
    "allow-list": "let in by the list",
    "deny-list": "refused by the list",
  },
  insideToo: "is inside: its exit was missed",
  otherPlate: "Its plate, as it truly is",
  nobodyLike: "Nobody expected has a plate like this. Write the plate as you see it.",
  letIn: (plate: string) => `It is ${plate}`,
  plateHint: "Lists, permits and free places decide, as if the camera had read it so.",
  asItIs: "Let in as it is…",
  whyPlate: ["Seen on the picture", "Driver says so", "Seen at the lane"],

  ticketTitle: (lane: string) => `Ticket at ${lane}`,
  issue: "Print a ticket",
  issueHint: "The gate opens when the paper is out. The number on it leads to the session.",
  printAgain: "Damaged or unreadable: print it again",
  number: "Number on the ticket",
  reprint: "Print again",
  check: "Take this ticket",
  printing: "Printing…",
  noTickets: "This facility has no tickets: use the lost-ticket rule, pick the picture, or call.",
  have: { number: "Number of the ticket", lost: "Lost ticket" },
  lostPlate: "Plate, if the driver knows it",
  lostSince: "When they came in, if they know it",
  lostHint:
    "The plate finds the stay; else it costs from then on, or the tariff's lost-ticket price.",
  lost: "The ticket is lost",
  lostReasons: ["Lost", "Damaged beyond reading", "Never printed"],
  askingLane: "Asking the lane…",
  numberNeeded: "Write the number as it is printed.",
  whyNeeded: "Say why.",

  awayTitle: (lane: string) => `Turn away at ${lane}`,
  awayText: "The gate stays shut, whatever the camera reads, until the vehicle has left.",
  away: "Turn away",
  awayReasons: ["Too high", "Too wide", "Not a customer", "Dangerous load"],

  callTitle: (lane: string) => `Call somebody to ${lane}`,
  callText: "It stands at the top of every desk, with what is known of the vehicle.",
  call: "Call for help",
  callReasons: ["Driver disputes the price", "Driver does not answer", "Needs a supervisor", "Jam"],
  calledBy: (who: string) => `${who} asks for help:`,
};

const de: typeof en = {
  language: "de",
  ways: {
    exit: { pick: "Bild wählen", ticket: "Ticket oder verloren", away: "", call: "Rufen" },
    entry: {
      pick: "Kennzeichen sagen",
      ticket: "Ticket ausgeben",
      away: "Abweisen",
      call: "Rufen",
    },
  },
  chooseWay: "Was geschehen soll",
  more: "Kennzeichen, Ticket, Rufen …",

  entryTitle: (lane) => `Wer will an ${lane} hinein?`,
  named: "Wessen Kennzeichen es sein kann",
  kinds: {
    permit: "Dauerparker",
    visitor: "Besucher",
    reservation: "Reservierung",
    "allow-list": "auf der Einlassliste",
    "deny-list": "auf der Sperrliste",
  },
  insideToo: "ist im Haus: die Ausfahrt wurde nicht gesehen",
  otherPlate: "Das wahre Kennzeichen",
  nobodyLike:
    "Niemand Erwartetes heißt so ähnlich. Bitte das Kennzeichen schreiben, wie Sie es sehen.",
  letIn: (plate) => `Es ist ${plate}`,
  plateHint: "Listen, Rechte und freie Plätze entscheiden, als hätte die Kamera es so gelesen.",
  asItIs: "So einlassen, wie es ist …",
  whyPlate: ["Auf dem Bild gesehen", "Fahrer sagt es", "An der Spur gesehen"],

  ticketTitle: (lane) => `Ticket an ${lane}`,
  issue: "Ticket drucken",
  issueHint: "Die Schranke öffnet, wenn das Papier da ist. Die Nummer darauf führt zum Vorgang.",
  printAgain: "Beschädigt oder unlesbar: noch einmal drucken",
  number: "Nummer auf dem Ticket",
  reprint: "Noch einmal drucken",
  check: "Dieses Ticket nehmen",
  printing: "Es wird gedruckt …",
  noTickets: "Hier gibt es keine Tickets: bitte „verloren“ nehmen, das Bild wählen oder rufen.",
  have: { number: "Nummer des Tickets", lost: "Ticket verloren" },
  lostPlate: "Kennzeichen, wenn der Fahrer es weiß",
  lostSince: "Einfahrt, wenn er sie weiß",
  lostHint:
    "Das Kennzeichen findet den Vorgang; sonst kostet es ab dann oder den Preis für verlorene Tickets.",
  lost: "Das Ticket ist verloren",
  lostReasons: ["Verloren", "Unlesbar", "Nie gedruckt"],
  askingLane: "Die Spur wird gefragt …",
  numberNeeded: "Bitte die Nummer schreiben, wie sie gedruckt ist.",
  whyNeeded: "Bitte sagen, warum.",

  awayTitle: (lane) => `Abweisen an ${lane}`,
  awayText: "Die Schranke bleibt zu, was immer die Kamera liest, bis das Auto weggefahren ist.",
  away: "Abweisen",
  awayReasons: ["Zu hoch", "Zu breit", "Kein Kunde", "Gefährliche Ladung"],

  callTitle: (lane) => `Jemanden zu ${lane} rufen`,
  callText: "Es steht an jedem Platz ganz oben, mit allem, was vom Auto bekannt ist.",
  call: "Hilfe rufen",
  callReasons: ["Streit um den Preis", "Fahrer antwortet nicht", "Aufsicht nötig", "Stau"],
  calledBy: (who) => `${who} bittet um Hilfe:`,
};

export const { words: askedWords } = tongueFor([en, de], navigator.languages);
