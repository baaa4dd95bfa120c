import { inLanguage } from "../frame/language.ts";

/** What the page of one day says. */
const en = {
  title: "How did the day go?",
  name: "Day",
  sentence: (entries: string, exits: string, peak: string) =>
    `${entries} vehicles came, ${exits} left; at most ${peak} were inside at once.`,
  definition:
    "Average occupancy is the occupied share of the spaces' time. Vehicles are those that came in. What cameras saw is summed over pictures and is not a number of vehicles. A day in which clocks are set has 23 or 25 hours.",
  date: "Day",
  before: "Day before",
  after: "Day after",
  entries: "Came in",
  exits: "Left",
  average: "Average occupancy",
  most: "Most inside",
  stay: "Average stay",
  revenue: "Revenue",
  givenBack: (amount: string) => `${amount} given back`,
  peak: "Fullest hour",
  occupancy: "How full was it, hour by hour?",
  moves: "When did vehicles come and leave?",
  hour: "Hour",
  types: "Which vehicles came?",
  vehicle: "Vehicle",
  vehicles: "Vehicles",
  none: "No vehicle came on this day.",
  hours: "Hour by hour",
  observed: "Seen in pictures",
};

const de: typeof en = {
  title: "Wie lief der Tag?",
  name: "Tag",
  sentence: (entries, exits, peak) =>
    `${entries} Fahrzeuge kamen, ${exits} fuhren aus; höchstens ${peak} waren zugleich drin.`,
  definition:
    "Die Belegung im Schnitt ist der belegte Anteil der Zeit aller Stellplätze. Fahrzeuge sind die, die einfuhren. Was Kameras sahen, ist über die Bilder summiert und keine Zahl von Fahrzeugen. Ein Tag, an dem die Uhren umgestellt werden, hat 23 oder 25 Stunden.",
  date: "Tag",
  before: "Tag davor",
  after: "Tag danach",
  entries: "Eingefahren",
  exits: "Ausgefahren",
  average: "Belegung im Schnitt",
  most: "Höchstens drin",
  stay: "Dauer im Schnitt",
  revenue: "Umsatz",
  givenBack: (amount) => `${amount} erstattet`,
  peak: "Vollste Stunde",
  occupancy: "Wie voll war es, Stunde für Stunde?",
  moves: "Wann kamen und fuhren Fahrzeuge?",
  hour: "Stunde",
  types: "Welche Fahrzeuge kamen?",
  vehicle: "Fahrzeug",
  vehicles: "Fahrzeuge",
  none: "An diesem Tag kam kein Fahrzeug.",
  hours: "Stunde für Stunde",
  observed: "Auf Bildern gesehen",
};

const es: typeof en = {
  title: "¿Cómo fue el día?",
  name: "Día",
  sentence: (entries, exits, peak) =>
    `Entraron ${entries} vehículos y salieron ${exits}; como máximo hubo ${peak} dentro a la vez.`,
  definition:
    "La ocupación media es la parte ocupada del tiempo de las plazas. Los vehículos son los que entraron. Lo que vieron las cámaras se suma por imágenes y no es un número de vehículos. Un día en que cambia la hora tiene 23 o 25 horas.",
  date: "Día",
  before: "Día anterior",
  after: "Día siguiente",
  entries: "Entraron",
  exits: "Salieron",
  average: "Ocupación media",
  most: "Máximo dentro",
  stay: "Estancia media",
  revenue: "Ingresos",
  givenBack: (amount) => `${amount} devueltos`,
  peak: "Hora más llena",
  occupancy: "¿Cómo de lleno estuvo, hora a hora?",
  moves: "¿Cuándo entraron y salieron los vehículos?",
  hour: "Hora",
  types: "¿Qué vehículos vinieron?",
  vehicle: "Vehículo",
  vehicles: "Vehículos",
  none: "Ese día no vino ningún vehículo.",
  hours: "Hora a hora",
  observed: "Vistos en imágenes",
};

export const dayWords = inLanguage({ en, de, es });
