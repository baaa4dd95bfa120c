import { inLanguage } from "../frame/language.ts";

/** What the list of sessions says. */
const en = {
  title: "Which vehicles are and were here?",
  name: "Sessions",
  list: { active: "Inside now", completed: "Left", search: "Search" },
  lists: "Which sessions",
  inside: (count: string, isOne: boolean) =>
    isOne ? "1 vehicle is inside." : `${count} vehicles are inside.`,
  shown: (count: string, more: boolean, isOne: boolean) =>
    more
      ? `The newest ${count} are shown.`
      : isOne
        ? "1 session is shown."
        : `${count} sessions are shown.`,
  noneInside: "Nobody is inside.",
  longestShown: (count: string) => `The ${count} that have been inside longest are shown.`,
  noneFound: "No session fits.",
  definition:
    "A session lasts from gate to gate and counts once its vehicle was seen coming in. The owner is told of permit holders only. Days and hours are those on clocks at the facility.",
  plate: "Plate",
  plateOf: (plate: string) => `Plate ${plate}`,
  noPlate: "No plate",
  entry: "In",
  exit: "Out",
  duration: "Stay",
  hours: "Hours",
  lane: "Lane",
  lanes: "Lanes",
  space: "Space",
  zone: "Zone",
  vehicleClass: "Vehicle",
  owner: "Permit of",
  amount: "Amount",
  payment: "Payment",
  state: "State",
  from: "From day",
  to: "To day",
  by: "Days of",
  byChoice: { entry: "Entry", exit: "Exit" },
  hour: "Hour",
  hourText: (hour: string) => `${hour}:00–${hour}:59`,
  permit: "Permit",
  permitChoice: { yes: "With permit", no: "Without" },
};

const de: typeof en = {
  title: "Welche Fahrzeuge sind und waren hier?",
  name: "Parkvorgänge",
  list: { active: "Gerade hier", completed: "Ausgefahren", search: "Suchen" },
  lists: "Welche Parkvorgänge",
  inside: (count, isOne) => (isOne ? "1 Fahrzeug parkt." : `${count} Fahrzeuge parken.`),
  shown: (count, more, isOne) =>
    more
      ? `Die neuesten ${count} werden gezeigt.`
      : isOne
        ? "1 Parkvorgang wird gezeigt."
        : `${count} Parkvorgänge werden gezeigt.`,
  noneInside: "Niemand parkt.",
  longestShown: (count) => `Gezeigt werden die ${count}, die am längsten da sind.`,
  noneFound: "Kein Parkvorgang passt dazu.",
  definition:
    "Ein Parkvorgang dauert von Schranke zu Schranke und zählt, sobald das Fahrzeug bei der Einfahrt gesehen wurde. Wem ein Fahrzeug gehört, steht nur bei Dauerparkern da. Tage und Stunden sind die der Uhren im Parkhaus.",
  plate: "Kennzeichen",
  plateOf: (plate) => `Kennzeichen ${plate}`,
  noPlate: "Ohne Kennzeichen",
  entry: "Einfahrt",
  exit: "Ausfahrt",
  duration: "Dauer",
  hours: "Stunden",
  lane: "Spur",
  lanes: "Spuren",
  space: "Stellplatz",
  zone: "Zone",
  vehicleClass: "Fahrzeug",
  owner: "Dauerparker",
  amount: "Betrag",
  payment: "Zahlung",
  state: "Stand",
  from: "Ab Tag",
  to: "Bis Tag",
  by: "Tage der",
  byChoice: { entry: "Einfahrt", exit: "Ausfahrt" },
  hour: "Stunde",
  hourText: (hour) => `${hour}:00–${hour}:59`,
  permit: "Dauerparkrecht",
  permitChoice: { yes: "Mit Dauerparkrecht", no: "Ohne" },
};

const es: typeof en = {
  title: "¿Qué vehículos están y han estado aquí?",
  name: "Estancias",
  list: { active: "Ahora dentro", completed: "Ya salieron", search: "Buscar" },
  lists: "Qué estancias",
  inside: (count, isOne) => (isOne ? "Hay 1 vehículo dentro." : `Hay ${count} vehículos dentro.`),
  shown: (count, more, isOne) =>
    more
      ? `Se muestran las ${count} más recientes.`
      : isOne
        ? "Se muestra 1 estancia."
        : `Se muestran ${count} estancias.`,
  noneInside: "No hay nadie dentro.",
  longestShown: (count) => `Se muestran los ${count} que llevan más tiempo dentro.`,
  noneFound: "Ninguna estancia coincide.",
  definition:
    "Una estancia va de barrera a barrera y cuenta en cuanto se ha visto entrar al vehículo. El titular solo se indica en los abonados. Los días y las horas son los de los relojes del aparcamiento.",
  plate: "Matrícula",
  plateOf: (plate) => `Matrícula ${plate}`,
  noPlate: "Sin matrícula",
  entry: "Entrada",
  exit: "Salida",
  duration: "Estancia",
  hours: "Horas",
  lane: "Carril",
  lanes: "Carriles",
  space: "Plaza",
  zone: "Zona",
  vehicleClass: "Vehículo",
  owner: "Abonado",
  amount: "Importe",
  payment: "Pago",
  state: "Estado",
  from: "Desde el día",
  to: "Hasta el día",
  by: "Días de la",
  byChoice: { entry: "Entrada", exit: "Salida" },
  hour: "Hora",
  hourText: (hour) => `${hour}:00–${hour}:59`,
  permit: "Abono",
  permitChoice: { yes: "Con abono", no: "Sin abono" },
};

export const sessionWords = inLanguage({ en, de, es });
