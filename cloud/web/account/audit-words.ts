import { inLanguage } from "../frame/language.ts";
import { auditActionWords } from "./audit-actions.ts";

/** What the page of the audit says. */
const en = {
  title: "Who changed what?",
  name: "Audit",
  sentence: (count: string, more: boolean) =>
    more ? `The newest ${count} changes.` : `${count} changes.`,
  definition:
    "Every change at head office is a line, tied to the one before it by its hash. Lines are only ever added. Keep the last line's number and hash outside to find out later whether the whole was written anew.",
  organisation: "Organisation",
  action: "What",
  who: "Who",
  subject: "To what",
  subjectId: "Id of what was changed",
  when: "When",
  change: "Before and after",
  why: "Why",
  from: "From",
  none: "Nothing was changed.",
  officeToken: "Head office's token",
  byToken: "by a token",
  check: "Check the chain",
  checking: "Every line is being read…",
  whole: (count: string, hash: string) => `The chain is whole: ${count} lines, ending in ${hash}.`,
  broken: (at: string) => `The chain is broken at line ${at}: something was changed or taken out.`,
  nothingBefore: "–",
  actions: auditActionWords.en,
};

const de: typeof en = {
  title: "Wer hat was geändert?",
  name: "Prüfprotokoll",
  sentence: (count, more) => (more ? `Die neuesten ${count} Änderungen.` : `${count} Änderungen.`),
  definition:
    "Jede Änderung in der Zentrale ist eine Zeile, durch ihren Hash mit der vorigen verbunden. Zeilen kommen nur hinzu. Bewahren Sie Nummer und Hash der letzten Zeile anderswo auf, um später zu erkennen, ob das Ganze neu geschrieben wurde.",
  organisation: "Organisation",
  action: "Was",
  who: "Wer",
  subject: "Woran",
  subjectId: "Kennung des Geänderten",
  when: "Wann",
  change: "Vorher und nachher",
  why: "Warum",
  from: "Von",
  none: "Nichts wurde geändert.",
  officeToken: "Zugangsschlüssel der Zentrale",
  byToken: "mit einem Schlüssel",
  check: "Kette prüfen",
  checking: "Jede Zeile wird gelesen …",
  whole: (count, hash) => `Die Kette ist ganz: ${count} Zeilen, sie endet mit ${hash}.`,
  broken: (at) =>
    `Die Kette ist bei Zeile ${at} gebrochen: Etwas wurde geändert oder herausgenommen.`,
  nothingBefore: "–",
  actions: auditActionWords.de,
};

const es: typeof en = {
  title: "¿Quién cambió qué?",
  name: "Auditoría",
  sentence: (count, more) => (more ? `Los ${count} cambios más recientes.` : `${count} cambios.`),
  definition:
    "Cada cambio en la central es una línea, unida a la anterior por su hash. Las líneas solo se añaden. Guarde fuera el número y el hash de la última para saber más tarde si se ha reescrito todo.",
  organisation: "Organización",
  action: "Qué",
  who: "Quién",
  subject: "Sobre qué",
  subjectId: "Identificador de lo cambiado",
  when: "Cuándo",
  change: "Antes y después",
  why: "Por qué",
  from: "Desde",
  none: "No se ha cambiado nada.",
  officeToken: "Clave de la central",
  byToken: "con una clave",
  check: "Comprobar la cadena",
  checking: "Se está leyendo cada línea…",
  whole: (count, hash) => `La cadena está completa: ${count} líneas, termina en ${hash}.`,
  broken: (at) => `La cadena está rota en la línea ${at}: algo se cambió o se quitó.`,
  nothingBefore: "–",
  actions: auditActionWords.es,
};

export const auditWords = inLanguage({ en, de, es });
