import { inLanguage } from "../frame/language.ts";

type Words = Readonly<Record<string, string>>;

/** What spaces are and how they stand; a word that is missing is shown as it stands. */
interface SpaceTerms {
  readonly status: Words;
  readonly type: Words;
}

const en: SpaceTerms = {
  status: {
    free: "Free",
    occupied: "Occupied",
    reserved: "Reserved",
    unknown: "Not known",
    "out-of-service": "Out of service",
  },
  type: {
    standard: "Standard",
    accessible: "Accessible",
    ev: "Charging",
    family: "Family",
    motorcycle: "Motorcycle",
    compact: "Compact",
    oversize: "Oversize",
    staff: "Staff",
    reserved: "Reserved",
    unknown: "Not known",
  },
};

const de: SpaceTerms = {
  status: {
    free: "Frei",
    occupied: "Belegt",
    reserved: "Reserviert",
    unknown: "Nicht bekannt",
    "out-of-service": "Außer Betrieb",
  },
  type: {
    standard: "Standard",
    accessible: "Behinderte",
    ev: "Laden",
    family: "Familie",
    motorcycle: "Motorrad",
    compact: "Klein",
    oversize: "Übergroß",
    staff: "Personal",
    reserved: "Reserviert",
    unknown: "Nicht bekannt",
  },
};

const es: SpaceTerms = {
  status: {
    free: "Libre",
    occupied: "Ocupada",
    reserved: "Reservada",
    unknown: "Desconocido",
    "out-of-service": "Fuera de servicio",
  },
  type: {
    standard: "Normal",
    accessible: "Accesible",
    ev: "Carga",
    family: "Familiar",
    motorcycle: "Motocicleta",
    compact: "Pequeña",
    oversize: "Grande",
    staff: "Personal",
    reserved: "Reservada",
    unknown: "Desconocido",
  },
};

export const spaceTerms = inLanguage({ en, de, es });
