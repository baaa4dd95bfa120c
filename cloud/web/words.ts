import type { StandingReason } from "@gatehouse/shared/contracts/office";
import { inLanguage } from "./frame/language.ts";

/** Everything the page itself says, in English; other languages have exactly the same keys. */
const en = {
  office: "Head office",

  signOut: "Sign out",
  people: "People",
  noRole: "You have no role here yet.",
  noRoleHint: "Whoever invited you can give you one; then load this page again.",

  // The state of the whole
  noFacilities: "No facility is enrolled yet.",
  noFacilitiesHint:
    "Make a code with: gatehouse-cloud enrol ID --name NAME --timezone ZONE. It is typed at the facility's box with: gatehouse cloud join.",
  allWell: (count: number) =>
    count === 1 ? "The facility is well." : `All ${count} facilities are well.`,
  needSomeone: (count: number, of: number) =>
    of === 1
      ? "The facility needs someone now."
      : `${count} of ${of} facilities ${count === 1 ? "needs" : "need"} someone now.`,
  needAttention: (count: number, of: number) =>
    of === 1
      ? "The facility needs attention today."
      : `${count} of ${of} facilities ${count === 1 ? "needs" : "need"} attention today.`,
  waitingFor: (count: number) =>
    count === 1 ? "1 facility has never been heard." : `${count} facilities have never been heard.`,
  asOf: (time: string) => `As of ${time}`,
  lookingAround: "Asking head office…",

  // Connection
  offline: "No connection to head office.",
  asOfLong: (age: string) => `Everything below is ${age} old.`,
  tryAgainIn: (time: string) => `Trying again in ${time}.`,
  tryingNow: "Trying again now.",
  tryNow: "Try now",
  stale: (age: string) => `No news for ${age}.`,
  broken: "Head office said something that this page does not understand.",
  brokenHint: "It may be of another version. Load the page again.",
  pageBroken: "This page has stumbled.",
  reload: "Load again",

  // Facilities
  facilities: "Facilities",
  search: "Search by name",
  nothingFound: (text: string) => `No facility is called “${text}”.`,
  moreFound: (count: string) => `${count} more: search by name to find them.`,
  level: { fault: "Fault", attention: "Attention", unknown: "Unknown", ok: "Well" },
  well: "Everything arrives.",
  heard: "Heard",
  ago: (age: string) => `${age} ago`,
  never: "never",
  free: "Free",
  freeOf: (free: string, total: string) => `${free} of ${total}`,
  ledger: "Ledger",
  ledgerLines: "Ledger lines",
  backToAll: "All facilities",
  allAboutIt: "All pages of this facility",
  noSuchFacility: "There is no such facility.",
  chooseOne: "Choose a facility to look at it closely.",
  reason: (reason: StandingReason, time: string, count: string) => {
    const isOne = reason.count === 1;
    const sentences: Record<StandingReason["code"], string> = {
      "never-heard": "Never heard of: is its token right, does it reach us?",
      silent: `Silent for ${time}.`,
      "batches-refused": `Its ledger was refused ${time} ago.`,
      "critical-alerts": isOne ? "1 critical alert." : `${count} critical alerts.`,
      "warning-alerts": isOne ? "1 warning." : `${count} warnings.`,
      backlog: `${count} ledger lines still to come.`,
      "clock-skew": `Its clock is ${time} ${(reason.skew_ms ?? 0) > 0 ? "ahead" : "behind"}.`,
      "directives-waiting": isOne ? "1 directive on its way." : `${count} directives on their way.`,
    };
    return sentences[reason.code];
  },

  // One facility
  wrong: "What is wrong",
  nothingWrong: "Nothing.",
  dealtWith: "Dealt with",
  fromOffice: "seen by head office",
  now: "Now",
  spacesFree: "Spaces free",
  spacesUnknown: (count: string) => `${count} not known`,
  spacesOut: (count: string) => `${count} out of service`,
  noSpaces: "no space told yet",
  carsInside: "Vehicles inside",
  inAndOut: (entries: string, exits: string) => `${entries} in, ${exits} out today`,
  takingsToday: "Takings today",
  payments: (count: string, one: boolean) => (one ? `${count} payment` : `${count} payments`),
  zones: "Zones",
  zone: "Zone",
  onLevel: (level: string) => `Level ${level}`,
  occupied: "Occupied",
  lines: "Lines",
  written: "Written at the facility",
  acked: "Held here",
  toCome: "Still to come",
  lastHash: "Last hash",
  epoch: "Epoch",
  factsUntil: "Facts until",
  setAside: "Set aside",
  version: "Version",
  batches: "Batches",
  batchesTold: (accepted: string, repeated: string) =>
    `${accepted} taken, ${repeated} lines came twice`,
  holes: "With a hole",
  refused: "Refused",
  directives: "Directives",
  noDirectives: "None given yet.",
  directiveKind: {
    tariff: "Tariff",
    permit: "Permit",
    pool: "Pool of places",
    "list-entry": "List entry",
    visitor: "Visitor",
    reservation: "Reservation",
    notice: "Notice",
    "payment-callback": "Payment callback",
  } as Record<string, string>,
  directiveResult: {
    applied: "applied",
    expired: "expired before it arrived",
    "not-understood": "not understood there",
  } as Record<string, string>,
  onItsWay: "on its way",
  setAsideLines: "Lines set aside",
  setAsideHint: "Kept whole, not understood; everything after them was taken.",
  asideReason: {
    "not-a-line": "no ledger line",
    "wrong-place": "stands at the wrong place",
    "unknown-type": "of an unknown type",
    "unreadable-body": "does not fit its type",
    "not-storable": "cannot be stored as it is",
  } as Record<string, string>,
  happened: "What has happened",
  nothingHappened: "Nothing has been told yet.",
  time: "Time",
  event: "Event",
  about: "About",
  line: "Line",
};

export type Words = typeof en;

const de: Words = {
  office: "Zentrale",

  signOut: "Abmelden",
  people: "Personen",
  noRole: "Sie haben hier noch keine Rolle.",
  noRoleHint: "Wer Sie eingeladen hat, kann Ihnen eine geben; danach diese Seite neu laden.",

  noFacilities: "Noch ist kein Parkhaus angemeldet.",
  noFacilitiesHint:
    "Erzeugen Sie einen Code: gatehouse-cloud enrol KENNUNG --name NAME --timezone ZONE. Im Parkhaus wird er eingegeben mit: gatehouse cloud join.",
  allWell: (count) =>
    count === 1 ? "Das Parkhaus ist in Ordnung." : `Alle ${count} Parkhäuser sind in Ordnung.`,
  needSomeone: (count, of) =>
    of === 1
      ? "Das Parkhaus braucht jetzt jemanden."
      : `${count} von ${of} Parkhäusern ${count === 1 ? "braucht" : "brauchen"} jetzt jemanden.`,
  needAttention: (count, of) =>
    of === 1
      ? "Das Parkhaus braucht heute Aufmerksamkeit."
      : `${count} von ${of} Parkhäusern ${count === 1 ? "braucht" : "brauchen"} heute Aufmerksamkeit.`,
  waitingFor: (count) =>
    count === 1
      ? "Von 1 Parkhaus war noch nie etwas zu hören."
      : `Von ${count} Parkhäusern war noch nie etwas zu hören.`,
  asOf: (time) => `Stand ${time}`,
  lookingAround: "Die Zentrale wird gefragt …",

  offline: "Keine Verbindung zur Zentrale.",
  asOfLong: (age) => `Alles unten ist ${age} alt.`,
  tryAgainIn: (time) => `Neuer Versuch in ${time}.`,
  tryingNow: "Neuer Versuch läuft.",
  tryNow: "Jetzt versuchen",
  stale: (age) => `Seit ${age} keine Nachricht.`,
  broken: "Die Zentrale hat etwas gesagt, was diese Seite nicht versteht.",
  brokenHint: "Vielleicht hat sie eine andere Version. Bitte die Seite neu laden.",
  pageBroken: "Diese Seite ist ins Stolpern geraten.",
  reload: "Neu laden",

  facilities: "Parkhäuser",
  search: "Nach Namen suchen",
  nothingFound: (text) => `Kein Parkhaus heißt „${text}“.`,
  moreFound: (count) => `${count} weitere: nach Namen suchen, um sie zu finden.`,
  level: { fault: "Störung", attention: "Achtung", unknown: "Unbekannt", ok: "In Ordnung" },
  well: "Alles kommt an.",
  heard: "Gehört",
  ago: (age) => `vor ${age}`,
  never: "noch nie",
  free: "Frei",
  freeOf: (free, total) => `${free} von ${total}`,
  ledger: "Journal",
  ledgerLines: "Journalzeilen",
  backToAll: "Alle Parkhäuser",
  allAboutIt: "Alle Seiten dieses Parkhauses",
  noSuchFacility: "Dieses Parkhaus gibt es nicht.",
  chooseOne: "Ein Parkhaus wählen, um es genauer anzusehen.",
  reason: (reason, time, count) => {
    const isOne = reason.count === 1;
    const sentences: Record<StandingReason["code"], string> = {
      "never-heard": "Noch nie gehört: Stimmt der Schlüssel, erreicht es uns?",
      silent: `Seit ${time} nichts gehört.`,
      "batches-refused": `Sein Journal wurde vor ${time} abgewiesen.`,
      "critical-alerts": isOne ? "1 kritische Meldung." : `${count} kritische Meldungen.`,
      "warning-alerts": isOne ? "1 Warnung." : `${count} Warnungen.`,
      backlog: `${count} Journalzeilen kommen noch.`,
      "clock-skew": `Seine Uhr geht ${time} ${(reason.skew_ms ?? 0) > 0 ? "vor" : "nach"}.`,
      "directives-waiting": isOne
        ? "1 Anweisung ist unterwegs."
        : `${count} Anweisungen sind unterwegs.`,
    };
    return sentences[reason.code];
  },

  wrong: "Was nicht stimmt",
  nothingWrong: "Nichts.",
  dealtWith: "Erledigt",
  fromOffice: "von der Zentrale bemerkt",
  now: "Jetzt",
  spacesFree: "Freie Stellplätze",
  spacesUnknown: (count) => `${count} nicht bekannt`,
  spacesOut: (count) => `${count} außer Betrieb`,
  noSpaces: "noch kein Stellplatz gemeldet",
  carsInside: "Fahrzeuge im Haus",
  inAndOut: (entries, exits) => `heute ${entries} ein, ${exits} aus`,
  takingsToday: "Einnahmen heute",
  payments: (count, one) => (one ? `${count} Zahlung` : `${count} Zahlungen`),
  zones: "Zonen",
  zone: "Zone",
  onLevel: (level) => `Ebene ${level}`,
  occupied: "Belegt",
  lines: "Zeilen",
  written: "Geschrieben im Parkhaus",
  acked: "Hier gesichert",
  toCome: "Noch unterwegs",
  lastHash: "Letzte Prüfsumme",
  epoch: "Epoche",
  factsUntil: "Einträge bis",
  setAside: "Beiseitegelegt",
  version: "Version",
  batches: "Lieferungen",
  batchesTold: (accepted, repeated) => `${accepted} angenommen, ${repeated} Zeilen kamen doppelt`,
  holes: "Mit Lücke",
  refused: "Abgewiesen",
  directives: "Anweisungen",
  noDirectives: "Noch keine gegeben.",
  directiveKind: {
    tariff: "Tarif",
    permit: "Dauerparkberechtigung",
    pool: "Platzkontingent",
    "list-entry": "Listeneintrag",
    visitor: "Besuch",
    reservation: "Reservierung",
    notice: "Mitteilung",
    "payment-callback": "Zahlungsmeldung",
  },
  directiveResult: {
    applied: "angewendet",
    expired: "vor der Ankunft abgelaufen",
    "not-understood": "dort nicht verstanden",
  },
  onItsWay: "unterwegs",
  setAsideLines: "Beiseitegelegte Zeilen",
  setAsideHint: "Vollständig aufbewahrt, nicht verstanden; alles danach wurde angenommen.",
  asideReason: {
    "not-a-line": "keine Journalzeile",
    "wrong-place": "steht an falscher Stelle",
    "unknown-type": "von unbekannter Art",
    "unreadable-body": "passt nicht zu ihrer Art",
    "not-storable": "lässt sich so nicht speichern",
  },
  happened: "Was geschehen ist",
  nothingHappened: "Noch wurde nichts gemeldet.",
  time: "Zeit",
  event: "Ereignis",
  about: "Betrifft",
  line: "Zeile",
};

const es: Words = {
  office: "Central",

  signOut: "Cerrar sesión",
  people: "Personas",
  noRole: "Todavía no tiene ninguna función aquí.",
  noRoleHint: "Quien le invitó puede darle una; después vuelva a cargar esta página.",

  noFacilities: "Todavía no hay ningún aparcamiento dado de alta.",
  noFacilitiesHint:
    "Genere un código: gatehouse-cloud enrol ID --name NOMBRE --timezone ZONA. En el aparcamiento se introduce con: gatehouse cloud join.",
  allWell: (count) =>
    count === 1 ? "El aparcamiento está bien." : `Los ${count} aparcamientos están bien.`,
  needSomeone: (count, of) =>
    of === 1
      ? "El aparcamiento necesita a alguien ahora."
      : `${count} de ${of} aparcamientos ${count === 1 ? "necesita" : "necesitan"} a alguien ahora.`,
  needAttention: (count, of) =>
    of === 1
      ? "El aparcamiento necesita atención hoy."
      : `${count} de ${of} aparcamientos ${count === 1 ? "necesita" : "necesitan"} atención hoy.`,
  waitingFor: (count) =>
    count === 1
      ? "De 1 aparcamiento no se ha sabido nada nunca."
      : `De ${count} aparcamientos no se ha sabido nada nunca.`,
  asOf: (time) => `A fecha de ${time}`,
  lookingAround: "Consultando a la central…",

  offline: "Sin conexión con la central.",
  asOfLong: (age) => `Todo lo de abajo tiene ${age}.`,
  tryAgainIn: (time) => `Nuevo intento en ${time}.`,
  tryingNow: "Intentándolo de nuevo.",
  tryNow: "Intentar ahora",
  stale: (age) => `Sin noticias desde hace ${age}.`,
  broken: "La central ha dicho algo que esta página no entiende.",
  brokenHint: "Puede que sea de otra versión. Vuelva a cargar la página.",
  pageBroken: "Esta página ha tropezado.",
  reload: "Volver a cargar",

  facilities: "Aparcamientos",
  search: "Buscar por nombre",
  nothingFound: (text) => `Ningún aparcamiento se llama «${text}».`,
  moreFound: (count) => `${count} más: búsquelos por nombre.`,
  level: { fault: "Avería", attention: "Atención", unknown: "Desconocido", ok: "Bien" },
  well: "Todo llega.",
  heard: "Última señal",
  ago: (age) => `hace ${age}`,
  never: "nunca",
  free: "Libres",
  freeOf: (free, total) => `${free} de ${total}`,
  ledger: "Registro",
  ledgerLines: "Líneas del registro",
  backToAll: "Todos los aparcamientos",
  allAboutIt: "Todas las páginas de este aparcamiento",
  noSuchFacility: "Este aparcamiento no existe.",
  chooseOne: "Elija un aparcamiento para verlo de cerca.",
  reason: (reason, time, count) => {
    const isOne = reason.count === 1;
    const sentences: Record<StandingReason["code"], string> = {
      "never-heard": "Nunca ha dado señal: ¿es correcta su clave, llega hasta nosotros?",
      silent: `Sin señal desde hace ${time}.`,
      "batches-refused": `Su registro fue rechazado hace ${time}.`,
      "critical-alerts": isOne ? "1 alerta crítica." : `${count} alertas críticas.`,
      "warning-alerts": isOne ? "1 aviso." : `${count} avisos.`,
      backlog: isOne
        ? "Falta 1 línea del registro por llegar."
        : `Faltan ${count} líneas del registro por llegar.`,
      "clock-skew": `Su reloj va ${time} ${(reason.skew_ms ?? 0) > 0 ? "adelantado" : "atrasado"}.`,
      "directives-waiting": isOne
        ? "1 instrucción está en camino."
        : `${count} instrucciones están en camino.`,
    };
    return sentences[reason.code];
  },

  wrong: "Qué va mal",
  nothingWrong: "Nada.",
  dealtWith: "Resuelto",
  fromOffice: "visto por la central",
  now: "Ahora",
  spacesFree: "Plazas libres",
  spacesUnknown: (count) => `${count} sin conocer`,
  spacesOut: (count) => `${count} fuera de servicio`,
  noSpaces: "aún no se ha comunicado ninguna plaza",
  carsInside: "Vehículos dentro",
  inAndOut: (entries, exits) => `hoy ${entries} entradas, ${exits} salidas`,
  takingsToday: "Recaudación de hoy",
  payments: (count, one) => (one ? `${count} pago` : `${count} pagos`),
  zones: "Zonas",
  zone: "Zona",
  onLevel: (level) => `Planta ${level}`,
  occupied: "Ocupadas",
  lines: "Líneas",
  written: "Escritas en el aparcamiento",
  acked: "Guardadas aquí",
  toCome: "Por llegar",
  lastHash: "Última suma de control",
  epoch: "Época",
  factsUntil: "Datos hasta",
  setAside: "Apartadas",
  version: "Versión",
  batches: "Envíos",
  batchesTold: (accepted, repeated) =>
    `${accepted} aceptados, ${repeated} líneas llegaron dos veces`,
  holes: "Con hueco",
  refused: "Rechazados",
  directives: "Instrucciones",
  noDirectives: "Todavía no se ha dado ninguna.",
  directiveKind: {
    tariff: "Tarifa",
    permit: "Abono",
    pool: "Cupo de plazas",
    "list-entry": "Entrada de lista",
    visitor: "Visita",
    reservation: "Reserva",
    notice: "Mensaje",
    "payment-callback": "Aviso de pago",
  },
  directiveResult: {
    applied: "aplicada",
    expired: "caducó antes de llegar",
    "not-understood": "no se entendió allí",
  },
  onItsWay: "en camino",
  setAsideLines: "Líneas apartadas",
  setAsideHint: "Guardadas enteras, sin entender; todo lo posterior se aceptó.",
  asideReason: {
    "not-a-line": "no es una línea del registro",
    "wrong-place": "está en un lugar equivocado",
    "unknown-type": "de tipo desconocido",
    "unreadable-body": "no encaja con su tipo",
    "not-storable": "no se puede guardar tal cual",
  },
  happened: "Qué ha pasado",
  nothingHappened: "Todavía no se ha comunicado nada.",
  time: "Hora",
  event: "Suceso",
  about: "Sobre",
  line: "Línea",
};

export const words = inLanguage({ en, de, es });
