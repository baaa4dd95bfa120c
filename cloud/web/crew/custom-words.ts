import { inLanguage } from "../frame/language.ts";

/** What the page of the people who park says. */
const en = {
  title: "Who parks here?",
  name: "Customers",
  sentence: (vehicles: string, visits: string) => `${vehicles} vehicles came ${visits} times.`,
  nobody: "Nobody came on these days.",
  definition:
    "People are told apart by their plates; a visit whose plate nobody could read counts as a visit alone. Here for the first time is a vehicle that never came before these days, as far as its sessions are still held; it may have come several times since.",
  visits: "Visits",
  vehicles: "Vehicles",
  newOnes: "Here for the first time",
  returning: "Known from before",
  average: "Visits per vehicle",
  permits: "With a permit",
  permitVisits: (count: string) => `${count} visits`,
  byVisits: "How often does a vehicle come?",
  times: "Visits",
  byClass: "Which vehicles come?",
  vehicle: "Vehicle",
};

const de: typeof en = {
  title: "Wer parkt hier?",
  name: "Kundschaft",
  sentence: (vehicles, visits) => `${vehicles} Fahrzeuge kamen ${visits}-mal.`,
  nobody: "An diesen Tagen kam niemand.",
  definition:
    "Menschen werden nach ihren Kennzeichen unterschieden; ein Besuch, dessen Kennzeichen niemand lesen konnte, zählt nur als Besuch. Zum ersten Mal hier ist ein Fahrzeug, das vor diesen Tagen nie kam, soweit seine Parkvorgänge noch aufbewahrt sind; seither kann es mehrmals gekommen sein.",
  visits: "Besuche",
  vehicles: "Fahrzeuge",
  newOnes: "Zum ersten Mal hier",
  returning: "Von früher bekannt",
  average: "Besuche je Fahrzeug",
  permits: "Mit Dauerparkrecht",
  permitVisits: (count) => `${count} Besuche`,
  byVisits: "Wie oft kommt ein Fahrzeug?",
  times: "Besuche",
  byClass: "Welche Fahrzeuge kommen?",
  vehicle: "Fahrzeug",
};

const es: typeof en = {
  title: "¿Quién aparca aquí?",
  name: "Clientes",
  sentence: (vehicles, visits) => `${vehicles} vehículos vinieron ${visits} veces.`,
  nobody: "En estos días no vino nadie.",
  definition:
    "Las personas se distinguen por su matrícula; una visita cuya matrícula nadie pudo leer cuenta solo como visita. Aquí por primera vez está un vehículo que no había venido antes de estos días, según las estancias que aún se conservan; desde entonces puede haber venido varias veces.",
  visits: "Visitas",
  vehicles: "Vehículos",
  newOnes: "Aquí por primera vez",
  returning: "Conocidos de antes",
  average: "Visitas por vehículo",
  permits: "Con abono",
  permitVisits: (count) => `${count} visitas`,
  byVisits: "¿Cuántas veces viene un vehículo?",
  times: "Visitas",
  byClass: "¿Qué vehículos vienen?",
  vehicle: "Vehículo",
};

export const customWords = inLanguage({ en, de, es });
