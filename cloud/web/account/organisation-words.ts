import { inLanguage } from "../frame/language.ts";

/** What the page of organisations says. */
const en = {
  title: "To whom does each facility belong?",
  name: "Organisations",
  sentence: (organisations: string, facilities: string) =>
    `Organisations: ${organisations}; facilities: ${facilities}.`,
  definition:
    "Whoever has a role at an organisation has it at everything below it too. Each organisation keeps its own audit.",
  organisation: "Organisation",
  facilities: "Facilities",
  none: "none",
  acts: "Acts",
  add: "Add an organisation",
  addIt: "Add it",
  below: "Below",
  orgName: "Name",
  orgId: "Short name",
  orgIdHint: "Small letters, digits and dashes; it never changes.",
  change: "Change",
  save: "Save",
  why: "Why?",
  move: "Move a facility",
  moveIt: "Move it",
  facility: "Facility",
  to: "To",
  cancel: "Cancel",
};

const de: typeof en = {
  title: "Wem gehört jedes Parkhaus?",
  name: "Organisationen",
  sentence: (organisations, facilities) =>
    `Organisationen: ${organisations}; Parkhäuser: ${facilities}.`,
  definition:
    "Wer an einer Organisation eine Rolle hat, hat sie auch an allem, was darunter steht. Jede Organisation führt ihr eigenes Prüfprotokoll.",
  organisation: "Organisation",
  facilities: "Parkhäuser",
  none: "keine",
  acts: "Was sich tun lässt",
  add: "Organisation hinzufügen",
  addIt: "Hinzufügen",
  below: "Unter",
  orgName: "Name",
  orgId: "Kurzname",
  orgIdHint: "Kleine Buchstaben, Ziffern und Striche; er ändert sich nie.",
  change: "Ändern",
  save: "Speichern",
  why: "Warum?",
  move: "Parkhaus umhängen",
  moveIt: "Umhängen",
  facility: "Parkhaus",
  to: "Zu",
  cancel: "Abbrechen",
};

const es: typeof en = {
  title: "¿A quién pertenece cada aparcamiento?",
  name: "Organizaciones",
  sentence: (organisations, facilities) =>
    `Organizaciones: ${organisations}; aparcamientos: ${facilities}.`,
  definition:
    "Quien tiene una función en una organización la tiene también en todo lo que está por debajo. Cada organización lleva su propia auditoría.",
  organisation: "Organización",
  facilities: "Aparcamientos",
  none: "ninguno",
  acts: "Qué se puede hacer",
  add: "Añadir una organización",
  addIt: "Añadirla",
  below: "Debajo de",
  orgName: "Nombre",
  orgId: "Nombre corto",
  orgIdHint: "Minúsculas, cifras y guiones; no cambia nunca.",
  change: "Cambiar",
  save: "Guardar",
  why: "¿Por qué?",
  move: "Trasladar un aparcamiento",
  moveIt: "Trasladarlo",
  facility: "Aparcamiento",
  to: "A",
  cancel: "Cancelar",
};

export const organisationWords = inLanguage({ en, de, es });
