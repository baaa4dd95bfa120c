import { inLanguage } from "../frame/language.ts";

/** What the page of one session says around what its facility told. */
const en = {
  title: (plate: string) =>
    plate === "" ? "What happened in this stay?" : `What did ${plate} do?`,
  name: "Session",
  whichOne: "A link names the session. Choose one in the list of sessions.",
  isInside: (stay: string, amount: string | undefined) =>
    amount === undefined ? `Inside for ${stay}.` : `Inside for ${stay}; ${amount} so far.`,
  ended: (state: string, stay: string, amount: string | undefined, payment: string) =>
    amount === undefined
      ? `${state} after ${stay}.`
      : `${state} after ${stay}: ${amount}, ${payment.toLowerCase()}.`,
  plate: "Plate",
  itsVisits: "All its visits",
  read: "As it was read",
  nothingRead: "nothing was read",
  vehicleClass: "Vehicle",
  entry: "In",
  exit: "Out",
  assumed: "not seen, assumed",
  stay: "Stay",
  place: "Stood at",
  permit: "Permit",
  reservation: "Reservation",
  tariff: "Tariff",
  version: (number: string) => `version ${number}`,
  price: "Price",
  paid: "Paid",
  grace: "Free to leave until",
  happened: "What happened",
  noLines: "No line that tells it is held here.",
  archived: "Lines of that time have gone into archive files; what they tell is missing here.",
  notComplete:
    "This stay was long: only what was written around its entry, its payments and its exit was read.",
  showTechnical: (count: string) => `Show ${count} lines of gates and books too`,
  hideTechnical: "Hide the lines of gates and books",
  lineOf: (place: string) => `Line ${place} of the ledger`,
  payments: "Payments",
  refunds: "Refunds",
  papers: "Papers",
  paper: "Paper",
  violations: "Violations",
  violation: "Violation",
  debts: "Debts",
  when: "When",
  amount: "Amount",
  state: "State",
  reason: "Reason",
  askedBy: "Asked by",
  agreedBy: "Agreed by",
  device: "Device",
};

const de: typeof en = {
  title: (plate) =>
    plate === "" ? "Was geschah bei diesem Parkvorgang?" : `Was geschah mit ${plate}?`,
  name: "Parkvorgang",
  whichOne: "Ein Link nennt den Parkvorgang. Wählen Sie einen in der Liste der Parkvorgänge.",
  isInside: (stay, amount) =>
    amount === undefined ? `Parkt seit ${stay}.` : `Parkt seit ${stay}; bisher ${amount}.`,
  ended: (state, stay, amount, payment) =>
    amount === undefined
      ? `${state} nach ${stay}.`
      : `${state} nach ${stay}: ${amount}, ${payment.toLowerCase()}.`,
  plate: "Kennzeichen",
  itsVisits: "Alle Besuche",
  read: "So gelesen",
  nothingRead: "nichts gelesen",
  vehicleClass: "Fahrzeug",
  entry: "Einfahrt",
  exit: "Ausfahrt",
  assumed: "nicht gesehen, angenommen",
  stay: "Dauer",
  place: "Stand auf",
  permit: "Dauerparkrecht",
  reservation: "Reservierung",
  tariff: "Tarif",
  version: (number) => `Fassung ${number}`,
  price: "Preis",
  paid: "Bezahlt",
  grace: "Freie Ausfahrt bis",
  happened: "Was geschah",
  noLines: "Keine Zeile, die davon erzählt, ist hier.",
  archived: "Zeilen aus jener Zeit sind in Archivdateien gewandert; was sie erzählen, fehlt hier.",
  notComplete:
    "Dieser Parkvorgang war lang: Gelesen wurde nur, was um Einfahrt, Zahlungen und Ausfahrt herum geschrieben steht.",
  showTechnical: (count) => `Auch ${count} Zeilen von Schranken und Büchern zeigen`,
  hideTechnical: "Zeilen von Schranken und Büchern ausblenden",
  lineOf: (place) => `Zeile ${place} des Journals`,
  payments: "Zahlungen",
  refunds: "Erstattungen",
  papers: "Belege",
  paper: "Beleg",
  violations: "Verstöße",
  violation: "Verstoß",
  debts: "Schulden",
  when: "Wann",
  amount: "Betrag",
  state: "Stand",
  reason: "Grund",
  askedBy: "Verlangt von",
  agreedBy: "Zugestimmt von",
  device: "Gerät",
};

const es: typeof en = {
  title: (plate) => (plate === "" ? "¿Qué pasó en esta estancia?" : `¿Qué pasó con ${plate}?`),
  name: "Estancia",
  whichOne: "Un enlace indica la estancia. Elija una en la lista de estancias.",
  isInside: (stay, amount) =>
    amount === undefined
      ? `Dentro desde hace ${stay}.`
      : `Dentro desde hace ${stay}; por ahora ${amount}.`,
  ended: (state, stay, amount, payment) =>
    amount === undefined
      ? `${state} tras ${stay}.`
      : `${state} tras ${stay}: ${amount}, ${payment.toLowerCase()}.`,
  plate: "Matrícula",
  itsVisits: "Todas sus visitas",
  read: "Tal como se leyó",
  nothingRead: "no se leyó nada",
  vehicleClass: "Vehículo",
  entry: "Entrada",
  exit: "Salida",
  assumed: "no vista, supuesta",
  stay: "Duración",
  place: "Estuvo en",
  permit: "Abono",
  reservation: "Reserva",
  tariff: "Tarifa",
  version: (number) => `versión ${number}`,
  price: "Precio",
  paid: "Pagado",
  grace: "Puede salir hasta",
  happened: "Qué pasó",
  noLines: "Aquí no hay ninguna línea que lo cuente.",
  archived: "Líneas de ese tiempo han pasado a archivos; lo que cuentan falta aquí.",
  notComplete:
    "Esta estancia fue larga: solo se ha leído lo escrito en torno a la entrada, los pagos y la salida.",
  showTechnical: (count) => `Mostrar también ${count} líneas de barreras y contabilidad`,
  hideTechnical: "Ocultar las líneas de barreras y contabilidad",
  lineOf: (place) => `Línea ${place} del diario`,
  payments: "Pagos",
  refunds: "Devoluciones",
  papers: "Documentos",
  paper: "Documento",
  violations: "Infracciones",
  violation: "Infracción",
  debts: "Deudas",
  when: "Cuándo",
  amount: "Importe",
  state: "Estado",
  reason: "Motivo",
  askedBy: "Pedida por",
  agreedBy: "Aprobada por",
  device: "Dispositivo",
};

export const storyWords = inLanguage({ en, de, es });
