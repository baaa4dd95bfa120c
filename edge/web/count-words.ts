import { tongueFor } from "../../shared/web/tongue.ts";

/** What is said about counting spaces, in English; other languages have exactly the same keys. */
const en = {
  language: "en",
  accuracy: "Accuracy",
  nobodyCounted: "Nobody has counted yet how right the system is.",
  right: (percent: string) => `${percent} right`,
  between: (low: string, high: string, judged: string, days: number) =>
    `between ${low} and ${high}, ${judged} looks within ${days} days`,
  sources: { fused: "Published", sensor: "Sensors" } as Record<string, string>,
  camera: (id: string) => `Camera ${id}`,
  drifting: "wrong too often",
  count: "Count spaces",
  lastCount: (by: string, age: string) => `Last counted by ${by}, ${age} ago`,

  title: "Count spaces",
  where: "Where",
  how: "How",
  methods: {
    "wrong-ones": "Mark what is wrong",
    each: "Enter each",
    total: "Only a number",
  } as Record<string, string>,
  hints: {
    "wrong-ones":
      "Walk past and tap only the spaces that are not as shown. All others count as right.",
    each: "Walk past and tap each space: taken, free. Spaces you leave out are not judged.",
    total: "Count the vehicles that stand in spaces, and enter the number.",
  } as Record<string, string>,
  taken: "taken",
  free: "free",
  unknown: "not known",
  isTaken: "is taken",
  isFree: "is free",
  occupied: "Occupied spaces",
  marked: (count: number, of: number) =>
    count === 0 ? `All ${of} are as shown` : `${count} of ${of} are wrong`,
  entered: (count: number, of: number) => `${count} of ${of} entered`,
  keep: "Keep the count",
  keeping: "Keeping…",
  startOver: "Start over",
  back: "Back",
  noAnswer: "No answer. Press again: it counts once.",
  noSpaces: "No spaces are known here.",
};

type CountWords = typeof en;

const de: CountWords = {
  language: "de",
  accuracy: "Genauigkeit",
  nobodyCounted: "Noch niemand hat nachgezählt, wie oft das System recht hat.",
  right: (percent) => `${percent} richtig`,
  between: (low, high, judged, days) =>
    `zwischen ${low} und ${high}, ${judged} Blicke in ${days} Tagen`,
  sources: { fused: "Angezeigt", sensor: "Sensoren" },
  camera: (id) => `Kamera ${id}`,
  drifting: "zu oft falsch",
  count: "Stellplätze zählen",
  lastCount: (by, age) => `Zuletzt gezählt von ${by}, vor ${age}`,

  title: "Stellplätze zählen",
  where: "Wo",
  how: "Wie",
  methods: {
    "wrong-ones": "Falsche markieren",
    each: "Jeden eingeben",
    total: "Nur eine Zahl",
  },
  hints: {
    "wrong-ones":
      "Vorbeigehen und nur die Plätze antippen, die nicht so sind wie gezeigt. Alle anderen gelten als richtig.",
    each: "Vorbeigehen und jeden Platz antippen: belegt, frei. Ausgelassene werden nicht beurteilt.",
    total: "Die Fahrzeuge zählen, die auf Plätzen stehen, und die Zahl eingeben.",
  },
  taken: "belegt",
  free: "frei",
  unknown: "nicht bekannt",
  isTaken: "ist belegt",
  isFree: "ist frei",
  occupied: "Belegte Stellplätze",
  marked: (count, of) =>
    count === 0 ? `Alle ${of} sind wie gezeigt` : `${count} von ${of} sind falsch`,
  entered: (count, of) => `${count} von ${of} eingegeben`,
  keep: "Zählung behalten",
  keeping: "Wird behalten …",
  startOver: "Von vorn",
  back: "Zurück",
  noAnswer: "Keine Antwort. Noch einmal drücken: Es zählt nur einmal.",
  noSpaces: "Hier sind keine Stellplätze bekannt.",
};

export const { words: countWords } = tongueFor([en, de], navigator.languages);
