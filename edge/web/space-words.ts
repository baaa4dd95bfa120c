import type { PlaceWitness } from "@gatehouse/shared/contracts/space-vehicles";
import { tongueFor } from "../../shared/web/tongue.ts";

/** What is said of whose vehicle stands in a space, in English; German has exactly the same keys. */
const en = {
  language: "en",
  title: (number: string) => `Space ${number}`,
  now: "Stands there now",
  nobodyKnown: "Nobody knows whose vehicle it is.",
  nobodyThere: "Nobody is known to stand here.",
  by: {
    person: (by: string, time: string) => `said by ${by} ${time} ago`,
    camera: (by: string, time: string) => `read by camera ${by} ${time} ago`,
    assignment: (_by: string, time: string) => `the space was kept for it; there for ${time}`,
  } satisfies Record<PlaceWitness, (by: string, time: string) => string>,
  gone: "It has left",
  wrong: "It never stood here",
  whose: "Whose vehicle stands here?",
  stands: (plate: string) => `${plate} stands here`,
  choose: "Stands here",
};

const de: typeof en = {
  language: "de",
  title: (number) => `Stellplatz ${number}`,
  now: "Steht jetzt dort",
  nobodyKnown: "Niemand weiß, wessen Auto es ist.",
  nobodyThere: "Hier steht niemand, soweit bekannt.",
  by: {
    person: (by, time) => `gesagt von ${by} vor ${time}`,
    camera: (by, time) => `von Kamera ${by} gelesen vor ${time}`,
    assignment: (_by, time) => `der Platz war dafür freigehalten; dort seit ${time}`,
  },
  gone: "Es ist weggefahren",
  wrong: "Es stand nie hier",
  whose: "Wessen Auto steht hier?",
  stands: (plate) => `${plate} steht hier`,
  choose: "Steht hier",
};

export const { words: spaceWords } = tongueFor([en, de], navigator.languages);
