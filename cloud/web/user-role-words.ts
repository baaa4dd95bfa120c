import { inLanguage } from "./frame/language.ts";

/** What is said where one person is looked at whole: roles given and taken, their name, signing them out. */
const en = {
  act: "Details",
  give: "Give this role",
  take: "Take away",
  keep: "Keep it",
  takeIt: (role: string) => `Take away: ${role}`,
  choosePlace: "Choose where",
  organisations: "Organisations",
  facilities: "Facilities",
  why: "Why?",
  close: "Close",
  details: "Name and address",
  phone: "Phone number",
  save: "Save",
  signOut: "Sign out everywhere",
  signOutHint: "In every browser; their tokens for tools end as well.",
  signedOut: "Signed out everywhere.",
};

const de: typeof en = {
  act: "Einzelheiten",
  give: "Diese Rolle geben",
  take: "Wegnehmen",
  keep: "Behalten",
  takeIt: (role) => `Wegnehmen: ${role}`,
  choosePlace: "Bitte wählen",
  organisations: "Organisationen",
  facilities: "Parkhäuser",
  why: "Warum?",
  close: "Schließen",
  details: "Name und Adresse",
  phone: "Telefonnummer",
  save: "Speichern",
  signOut: "Überall abmelden",
  signOutHint: "In jedem Browser; auch die Schlüssel für Werkzeuge enden.",
  signedOut: "Überall abgemeldet.",
};

const es: typeof en = {
  act: "Detalles",
  give: "Dar esta función",
  take: "Quitar",
  keep: "Conservarla",
  takeIt: (role) => `Quitar: ${role}`,
  choosePlace: "Elija dónde",
  organisations: "Organizaciones",
  facilities: "Aparcamientos",
  why: "¿Por qué?",
  close: "Cerrar",
  details: "Nombre y dirección",
  phone: "Número de teléfono",
  save: "Guardar",
  signOut: "Cerrar sesión en todas partes",
  signOutHint: "En todos los navegadores; sus claves para herramientas terminan también.",
  signedOut: "Sesión cerrada en todas partes.",
};

export const userRoleWords = inLanguage({ en, de, es });
