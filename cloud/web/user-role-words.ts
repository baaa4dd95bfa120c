import { inLanguage } from "./frame/language.ts";

/** What is said where roles are given and taken. */
const en = {
  act: "Roles",
  title: (name: string) => `Roles of ${name}`,
  give: "Give this role",
  take: "Take away",
  takeIt: (role: string) => `Take away: ${role}`,
  organisations: "Organisations",
  facilities: "Facilities",
  why: "Why?",
  close: "Close",
};

const de: typeof en = {
  act: "Rollen",
  title: (name) => `Rollen von ${name}`,
  give: "Diese Rolle geben",
  take: "Wegnehmen",
  takeIt: (role) => `Wegnehmen: ${role}`,
  organisations: "Organisationen",
  facilities: "Parkhäuser",
  why: "Warum?",
  close: "Schließen",
};

const es: typeof en = {
  act: "Funciones",
  title: (name) => `Funciones de ${name}`,
  give: "Dar esta función",
  take: "Quitar",
  takeIt: (role) => `Quitar: ${role}`,
  organisations: "Organizaciones",
  facilities: "Aparcamientos",
  why: "¿Por qué?",
  close: "Cerrar",
};

export const userRoleWords = inLanguage({ en, de, es });
