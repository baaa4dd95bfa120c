import { inLanguage } from "../frame/language.ts";

/** What the page of entries and exits says. */
const en = {
  title: "Where do vehicles come in and leave?",
  name: "Flow",
  sentence: (entries: string, exits: string) => `${entries} came in, ${exits} left.`,
  definition:
    "Entries and exits are those of sessions. On their way are vehicles inside that stand in no space yet, or not any more; parked are those in a space, as far as a space is known. What cameras followed is measured and never billed.",
  now: "Now",
  active: "On their way",
  parked: "Parked",
  exited: "Left in these days",
  byDay: "How many came and left each day?",
  day: "Day",
  entries: "Came in",
  exits: "Left",
  byLane: "By lane",
  lane: "Lane",
  vehicle: "Vehicle",
  byCamera: "By camera",
  camera: "Camera",
  vehicles: "Vehicles",
  noCamera: "No camera has followed vehicles in these days.",
  none: "Nothing has moved in these days.",
};

const de: typeof en = {
  title: "Wo kommen Fahrzeuge herein und hinaus?",
  name: "Verkehr",
  sentence: (entries, exits) => `${entries} fuhren ein, ${exits} fuhren aus.`,
  definition:
    "Ein- und Ausfahrten sind die der Parkvorgänge. Unterwegs sind Fahrzeuge, die noch auf keinem Stellplatz stehen oder nicht mehr; geparkt sind die auf einem Stellplatz, soweit er bekannt ist. Was Kameras verfolgten, ist gemessen und wird nie berechnet.",
  now: "Jetzt",
  active: "Unterwegs",
  parked: "Geparkt",
  exited: "An diesen Tagen ausgefahren",
  byDay: "Wie viele kamen und fuhren jeden Tag?",
  day: "Tag",
  entries: "Eingefahren",
  exits: "Ausgefahren",
  byLane: "Nach Spur",
  lane: "Spur",
  vehicle: "Fahrzeug",
  byCamera: "Nach Kamera",
  camera: "Kamera",
  vehicles: "Fahrzeuge",
  noCamera: "Keine Kamera hat an diesen Tagen Fahrzeuge verfolgt.",
  none: "An diesen Tagen hat sich nichts bewegt.",
};

const es: typeof en = {
  title: "¿Por dónde entran y salen los vehículos?",
  name: "Flujo",
  sentence: (entries, exits) => `Entraron ${entries} y salieron ${exits}.`,
  definition:
    "Las entradas y salidas son las de las estancias. En marcha están los vehículos que aún no ocupan plaza, o ya no; aparcados, los que están en una plaza conocida. Lo que siguieron las cámaras se mide y nunca se cobra.",
  now: "Ahora",
  active: "En marcha",
  parked: "Aparcados",
  exited: "Salieron en estos días",
  byDay: "¿Cuántos entraron y salieron cada día?",
  day: "Día",
  entries: "Entraron",
  exits: "Salieron",
  byLane: "Por carril",
  lane: "Carril",
  vehicle: "Vehículo",
  byCamera: "Por cámara",
  camera: "Cámara",
  vehicles: "Vehículos",
  noCamera: "Ninguna cámara ha seguido vehículos en estos días.",
  none: "En estos días no se ha movido nada.",
};

export const flowWords = inLanguage({ en, de, es });
