import { inLanguage } from "../frame/language.ts";

/** What the page of a facility's own computer says. */
const en = {
  name: "On-site computer",
  title: "On-site computer",
  inUse: (when: string) => `It speaks with head office with a token that was last used ${when}.`,
  notYet: "No computer speaks for this facility: make a code, and let it join with that.",
  unused: "It has a token that it has not used yet.",
  definition:
    "The computer at the facility proves with a token that it is the one. Only a fingerprint of the token is kept here. " +
    "If the computer was stolen or sold, revoke its token: it is shut out within 20 seconds, and what it has told stays. " +
    "A new computer, or the same one again, joins with a code.",
  tokens: "Tokens",
  token: "Fingerprint",
  made: "Made",
  firstUsed: "First used",
  lastUsed: "Last used (to the hour)",
  state: "State",
  states: { live: "opens", waiting: "not used yet", revoked: "revoked" } as Readonly<
    Record<string, string>
  >,
  revokedAt: (when: string) => `revoked ${when}`,
  never: "never",
  notKept: "not kept",
  noTokens: "No computer has joined yet.",
  acts: "Acts",
  revoke: "Revoke",
  revokeQuestion: (token: string) =>
    `Revoke ${token}? The computer that holds it is shut out until it joins again.`,
  codes: "Codes to join with",
  codesHint: "A code lets one computer join, once. It is shown only when it is made.",
  codeMade: "Made",
  codeEnds: "Ends",
  noCodes: "No code is open.",
  makeCode: "Make a code",
  holds: "It can be used for",
  hours: { "24": "a day", "72": "three days", "168": "a week" } as Readonly<Record<string, string>>,
  codeShown: "Type this at the computer of the facility; it is not shown again.",
  done: "Done",
  cancel: "Cancel",
};

const de: typeof en = {
  name: "Rechner vor Ort",
  title: "Rechner vor Ort",
  inUse: (when) =>
    `Er spricht mit der Zentrale über einen Zugangsschlüssel, der zuletzt ${when} benutzt wurde.`,
  notYet:
    "Kein Rechner spricht für dieses Parkhaus: Erstellen Sie einen Code und lassen Sie ihn damit beitreten.",
  unused: "Er hat einen Zugangsschlüssel, den er noch nicht benutzt hat.",
  definition:
    "Der Rechner im Parkhaus weist sich mit einem Zugangsschlüssel aus. Hier wird nur dessen Fingerabdruck aufbewahrt. " +
    "Wurde der Rechner gestohlen oder verkauft, sperren Sie seinen Schlüssel: Nach spätestens 20 Sekunden ist er ausgeschlossen; was er gemeldet hat, bleibt. " +
    "Ein neuer Rechner, oder derselbe noch einmal, tritt mit einem Code bei.",
  tokens: "Zugangsschlüssel",
  token: "Fingerabdruck",
  made: "Erstellt",
  firstUsed: "Zuerst benutzt",
  lastUsed: "Zuletzt benutzt (auf die Stunde)",
  state: "Zustand",
  states: { live: "gilt", waiting: "noch nicht benutzt", revoked: "gesperrt" },
  revokedAt: (when) => `gesperrt ${when}`,
  never: "nie",
  notKept: "nicht festgehalten",
  noTokens: "Noch kein Rechner ist beigetreten.",
  acts: "Aktionen",
  revoke: "Sperren",
  revokeQuestion: (token) =>
    `${token} sperren? Der Rechner, der ihn hat, ist ausgeschlossen, bis er wieder beitritt.`,
  codes: "Codes zum Beitreten",
  codesHint:
    "Ein Code lässt einen Rechner beitreten, einmal. Er wird nur gezeigt, wenn er erstellt wird.",
  codeMade: "Erstellt",
  codeEnds: "Endet",
  noCodes: "Kein Code ist offen.",
  makeCode: "Code erstellen",
  holds: "Gültig für",
  hours: { "24": "einen Tag", "72": "drei Tage", "168": "eine Woche" },
  codeShown: "Tippen Sie dies am Rechner des Parkhauses ein; es wird nicht wieder gezeigt.",
  done: "Fertig",
  cancel: "Abbrechen",
};

const es: typeof en = {
  name: "Equipo del aparcamiento",
  title: "Equipo del aparcamiento",
  inUse: (when) => `Habla con la central con una clave que se usó por última vez ${when}.`,
  notYet:
    "Ningún equipo habla por este aparcamiento: cree un código y haga que el equipo se una con él.",
  unused: "Tiene una clave que aún no ha usado.",
  definition:
    "El equipo del aparcamiento se acredita con una clave. Aquí solo se guarda su huella. " +
    "Si el equipo fue robado o vendido, revoque su clave: queda fuera en 20 segundos como mucho, y lo que comunicó se conserva. " +
    "Un equipo nuevo, o el mismo otra vez, se une con un código.",
  tokens: "Claves",
  token: "Huella",
  made: "Creada",
  firstUsed: "Primer uso",
  lastUsed: "Último uso (a la hora)",
  state: "Estado",
  states: { live: "válida", waiting: "aún sin usar", revoked: "revocada" },
  revokedAt: (when) => `revocada ${when}`,
  never: "nunca",
  notKept: "no consta",
  noTokens: "Todavía no se ha unido ningún equipo.",
  acts: "Acciones",
  revoke: "Revocar",
  revokeQuestion: (token) =>
    `¿Revocar ${token}? El equipo que la tiene queda fuera hasta que se una de nuevo.`,
  codes: "Códigos para unirse",
  codesHint: "Un código permite que un equipo se una, una sola vez. Solo se muestra al crearlo.",
  codeMade: "Creado",
  codeEnds: "Caduca",
  noCodes: "No hay ningún código abierto.",
  makeCode: "Crear un código",
  holds: "Válido durante",
  hours: { "24": "un día", "72": "tres días", "168": "una semana" },
  codeShown: "Escríbalo en el equipo del aparcamiento; no se vuelve a mostrar.",
  done: "Listo",
  cancel: "Cancelar",
};

export const boxWords = inLanguage({ en, de, es });
