import { inLanguage } from "../frame/language.ts";

/** What the page of one vehicle says. */
const en = {
  title: "How often was this vehicle here?",
  name: "Vehicle",
  ask: "Type a plate to see the vehicle's visits.",
  search: "Plate",
  show: "Show",
  sentence: (plate: string, visits: string, isOne: boolean) =>
    isOne ? `${plate} was here once.` : `${plate} was here ${visits} times.`,
  never: (plate: string) => `${plate} was never here.`,
  definition:
    "Counted are all sessions under this plate that are still held here, and what was paid for them and not given back. Another vehicle with a plate that was misread as this one counts too until somebody puts it right.",
  visits: "Visits",
  expense: "Paid in all",
  averageCost: "Average visit",
  averageStay: "Average stay",
  zone: "Mostly in",
  firstVisit: "First visit",
  lastVisit: "Last visit",
  methods: "How it paid",
  method: "Paid by",
  payments: "Payments",
  amount: "Amount",
  nothingPaid: "It has paid nothing so far.",
  allVisits: "Its visits",
};

const de: typeof en = {
  title: "Wie oft war dieses Fahrzeug hier?",
  name: "Fahrzeug",
  ask: "Geben Sie ein Kennzeichen ein, um die Besuche des Fahrzeugs zu sehen.",
  search: "Kennzeichen",
  show: "Zeigen",
  sentence: (plate, visits, isOne) =>
    isOne ? `${plate} war einmal hier.` : `${plate} war ${visits}-mal hier.`,
  never: (plate) => `${plate} war nie hier.`,
  definition:
    "Gezählt werden alle Parkvorgänge unter diesem Kennzeichen, die hier noch aufbewahrt sind, und was dafür bezahlt und nicht erstattet wurde. Ein anderes Fahrzeug, dessen Kennzeichen falsch so gelesen wurde, zählt mit, bis jemand es richtigstellt.",
  visits: "Besuche",
  expense: "Insgesamt bezahlt",
  averageCost: "Besuch im Schnitt",
  averageStay: "Dauer im Schnitt",
  zone: "Meist in",
  firstVisit: "Erster Besuch",
  lastVisit: "Letzter Besuch",
  methods: "Wie es bezahlt hat",
  method: "Bezahlt mit",
  payments: "Zahlungen",
  amount: "Betrag",
  nothingPaid: "Bisher hat es nichts bezahlt.",
  allVisits: "Seine Besuche",
};

const es: typeof en = {
  title: "¿Cuántas veces ha venido este vehículo?",
  name: "Vehículo",
  ask: "Escriba una matrícula para ver las visitas del vehículo.",
  search: "Matrícula",
  show: "Mostrar",
  sentence: (plate, visits, isOne) =>
    isOne ? `${plate} ha venido una vez.` : `${plate} ha venido ${visits} veces.`,
  never: (plate) => `${plate} no ha venido nunca.`,
  definition:
    "Se cuentan todas las estancias con esta matrícula que aún se conservan aquí, y lo que se pagó por ellas y no se devolvió. Otro vehículo cuya matrícula se leyó mal como esta también cuenta hasta que alguien lo corrija.",
  visits: "Visitas",
  expense: "Pagado en total",
  averageCost: "Visita media",
  averageStay: "Estancia media",
  zone: "Casi siempre en",
  firstVisit: "Primera visita",
  lastVisit: "Última visita",
  methods: "Cómo ha pagado",
  method: "Pagado con",
  payments: "Pagos",
  amount: "Importe",
  nothingPaid: "Por ahora no ha pagado nada.",
  allVisits: "Sus visitas",
};

export const vehicleWords = inLanguage({ en, de, es });
