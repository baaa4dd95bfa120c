import { inLanguage } from "./language.ts";
import type { PageGroup } from "./page.ts";

/** What the frame around every page says. */
const en = {
  facilities: "All facilities",
  navigation: "Pages",
  menu: "Menu",
  closeMenu: "Close menu",
  toContent: "Skip to the content",
  languageLabel: "Language",
  group: {
    today: "Today",
    money: "Money",
    traffic: "Traffic",
    rules: "Rules",
    devices: "Devices",
    people: "People",
    reports: "Reports",
  } as Readonly<Record<PageGroup, string>>,
  chooseFacility: "Choose a facility",
  otherFacility: "Another facility",
  searchFacility: "Search by name",
  noneFound: (text: string) => `No facility is called “${text}”.`,
  moreFound: (count: string) => `${count} more: search by name.`,
  noSuchPage: "There is no such page.",
  noSuchPageHint: "The link may be of another version, or cut short.",
  notAllowed: "You may not see this page.",
  notAllowedHint: "Whoever gives out roles here can change that.",
  whichFacility: (page: string) => `${page}: of which facility?`,

  loading: "Asking head office…",
  offline: "No connection to head office. Trying again.",
  offlineOld: (age: string) => `No connection to head office. What stands here is ${age} old.`,
  stale: (age: string) => `What stands here is ${age} old.`,
  askAgain: "Ask again",
  broken: "Head office said something that this page does not understand.",
  refusedHead: "Head office did not answer this.",
  refusals: {
    "no-such-facility": "There is no such facility, or you may not see it.",
    "not-allowed": "You may not see this.",
    "not-understood": "The question makes no sense.",
  } as Readonly<Record<string, string>>,

  asOf: (time: string) => `As of ${time}`,
  factsUntil: (time: string) => `facts until ${time}`,
  lag: (age: string) => `The newest facts are ${age} old.`,
  linesToCome: (count: string, isOne: boolean) =>
    isOne ? "1 line is still to come." : `${count} lines are still to come.`,
  setAside: (count: string, isOne: boolean) =>
    isOne
      ? "1 line was not understood and is missing here."
      : `${count} lines were not understood and are missing here.`,
  neverHeard: "This facility has not told anything yet.",
  definition: "What is counted here",

  period: "Days",
  periodName: {
    today: "Today",
    "7": "7 days",
    "30": "30 days",
    "90": "90 days",
    month: "This month",
    custom: "Own days",
  },
  from: "From",
  to: "To",
  showDays: "Show",
  daysWrong: "The last day is before the first.",
  daysTooMany: (most: string) => `Choose at most ${most} days.`,
  days: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),

  asTable: "As a table",
  download: "Download as CSV",
  more: "Show more",
  sortBy: (column: string) => `Sort by ${column}`,
  noRows: "Nothing to show.",
  chartKeys: "Left and right arrow keys read the values.",
  hour: "Hour",
  weekday: "Weekday",
  occupancyBand: { low: "room", middle: "filling", high: "nearly full" },
};

export type FrameWords = typeof en;

const de: FrameWords = {
  facilities: "Alle Parkhäuser",
  navigation: "Seiten",
  menu: "Menü",
  closeMenu: "Menü schließen",
  toContent: "Zum Inhalt springen",
  languageLabel: "Sprache",
  group: {
    today: "Heute",
    money: "Geld",
    traffic: "Verkehr",
    rules: "Regeln",
    devices: "Geräte",
    people: "Personen",
    reports: "Berichte",
  },
  chooseFacility: "Parkhaus wählen",
  otherFacility: "Anderes Parkhaus",
  searchFacility: "Nach Namen suchen",
  noneFound: (text) => `Kein Parkhaus heißt „${text}“.`,
  moreFound: (count) => `${count} weitere: nach Namen suchen.`,
  noSuchPage: "Diese Seite gibt es nicht.",
  noSuchPageHint: "Der Link gehört vielleicht zu einer anderen Version oder ist unvollständig.",
  notAllowed: "Diese Seite dürfen Sie nicht sehen.",
  notAllowedHint: "Wer hier Rollen vergibt, kann das ändern.",
  whichFacility: (page) => `${page}: von welchem Parkhaus?`,

  loading: "Die Zentrale wird gefragt …",
  offline: "Keine Verbindung zur Zentrale. Neuer Versuch läuft.",
  offlineOld: (age) => `Keine Verbindung zur Zentrale. Was hier steht, ist ${age} alt.`,
  stale: (age) => `Was hier steht, ist ${age} alt.`,
  askAgain: "Erneut fragen",
  broken: "Die Zentrale hat etwas gesagt, was diese Seite nicht versteht.",
  refusedHead: "Die Zentrale hat darauf nicht geantwortet.",
  refusals: {
    "no-such-facility": "Dieses Parkhaus gibt es nicht, oder Sie dürfen es nicht sehen.",
    "not-allowed": "Das dürfen Sie nicht sehen.",
    "not-understood": "Die Frage ergibt keinen Sinn.",
  },

  asOf: (time) => `Stand ${time}`,
  factsUntil: (time) => `Einträge bis ${time}`,
  lag: (age) => `Die neuesten Einträge sind ${age} alt.`,
  linesToCome: (count, isOne) =>
    isOne ? "1 Zeile ist noch unterwegs." : `${count} Zeilen sind noch unterwegs.`,
  setAside: (count, isOne) =>
    isOne
      ? "1 Zeile wurde nicht verstanden und fehlt hier."
      : `${count} Zeilen wurden nicht verstanden und fehlen hier.`,
  neverHeard: "Dieses Parkhaus hat noch nichts gemeldet.",
  definition: "Was hier gezählt wird",

  period: "Tage",
  periodName: {
    today: "Heute",
    "7": "7 Tage",
    "30": "30 Tage",
    "90": "90 Tage",
    month: "Dieser Monat",
    custom: "Eigene Tage",
  },
  from: "Von",
  to: "Bis",
  showDays: "Zeigen",
  daysWrong: "Der letzte Tag liegt vor dem ersten.",
  daysTooMany: (most) => `Bitte höchstens ${most} Tage wählen.`,
  days: (from, to) => (from === to ? from : `${from} – ${to}`),

  asTable: "Als Tabelle",
  download: "Als CSV herunterladen",
  more: "Mehr zeigen",
  sortBy: (column) => `Nach ${column} sortieren`,
  noRows: "Nichts zu zeigen.",
  chartKeys: "Pfeiltasten nach links und rechts lesen die Werte vor.",
  hour: "Stunde",
  weekday: "Wochentag",
  occupancyBand: { low: "Platz", middle: "füllt sich", high: "fast voll" },
};

const es: FrameWords = {
  facilities: "Todos los aparcamientos",
  navigation: "Páginas",
  menu: "Menú",
  closeMenu: "Cerrar el menú",
  toContent: "Ir al contenido",
  languageLabel: "Idioma",
  group: {
    today: "Hoy",
    money: "Dinero",
    traffic: "Tráfico",
    rules: "Reglas",
    devices: "Dispositivos",
    people: "Personas",
    reports: "Informes",
  },
  chooseFacility: "Elegir un aparcamiento",
  otherFacility: "Otro aparcamiento",
  searchFacility: "Buscar por nombre",
  noneFound: (text) => `Ningún aparcamiento se llama «${text}».`,
  moreFound: (count) => `${count} más: búsquelos por nombre.`,
  noSuchPage: "Esta página no existe.",
  noSuchPageHint: "Puede que el enlace sea de otra versión o esté incompleto.",
  notAllowed: "Usted no puede ver esta página.",
  notAllowedHint: "Quien asigna las funciones aquí puede cambiarlo.",
  whichFacility: (page) => `${page}: ¿de qué aparcamiento?`,

  loading: "Consultando a la central…",
  offline: "Sin conexión con la central. Intentándolo de nuevo.",
  offlineOld: (age) => `Sin conexión con la central. Lo que se ve aquí tiene ${age}.`,
  stale: (age) => `Lo que se ve aquí tiene ${age}.`,
  askAgain: "Preguntar de nuevo",
  broken: "La central ha dicho algo que esta página no entiende.",
  refusedHead: "La central no ha respondido a esto.",
  refusals: {
    "no-such-facility": "Este aparcamiento no existe o usted no puede verlo.",
    "not-allowed": "Usted no puede ver esto.",
    "not-understood": "La pregunta no tiene sentido.",
  },

  asOf: (time) => `A fecha de ${time}`,
  factsUntil: (time) => `datos hasta ${time}`,
  lag: (age) => `Los datos más recientes tienen ${age}.`,
  linesToCome: (count, isOne) =>
    isOne ? "Falta 1 línea por llegar." : `Faltan ${count} líneas por llegar.`,
  setAside: (count, isOne) =>
    isOne
      ? "1 línea no se entendió y falta aquí."
      : `${count} líneas no se entendieron y faltan aquí.`,
  neverHeard: "Este aparcamiento todavía no ha comunicado nada.",
  definition: "Qué se cuenta aquí",

  period: "Días",
  periodName: {
    today: "Hoy",
    "7": "7 días",
    "30": "30 días",
    "90": "90 días",
    month: "Este mes",
    custom: "Otros días",
  },
  from: "Desde",
  to: "Hasta",
  showDays: "Mostrar",
  daysWrong: "El último día es anterior al primero.",
  daysTooMany: (most) => `Elija como máximo ${most} días.`,
  days: (from, to) => (from === to ? from : `${from} – ${to}`),

  asTable: "Como tabla",
  download: "Descargar como CSV",
  more: "Mostrar más",
  sortBy: (column) => `Ordenar por ${column}`,
  noRows: "Nada que mostrar.",
  chartKeys: "Las flechas izquierda y derecha leen los valores.",
  hour: "Hora",
  weekday: "Día de la semana",
  occupancyBand: { low: "hay sitio", middle: "se llena", high: "casi lleno" },
};

export const frameWords = inLanguage({ en, de, es });
