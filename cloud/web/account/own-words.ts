import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import { inLanguage } from "../frame/language.ts";

/** What the page of one's own account says. */
const en = {
  title: "Your account",
  sentence: (name: string, email: string) => `${name}, ${email}`,
  noAccount:
    "You are here with head office's first token, which has no account. Invite yourself on the page of people.",
  toPeople: "To the people",
  done: "Done.",

  password: "Password",
  passwordNow: "Present password",
  passwordNew: "New password",
  passwordHint: "At least 12 characters; a few words in a row are long and easy.",
  changePassword: "Change password",
  passwordChanged: "The password is changed; every other login has ended.",

  factor: "Second factor",
  factorOn: (codes: string, isOne: boolean) =>
    isOne
      ? "A code is asked for when you sign in. 1 recovery code is left."
      : `A code is asked for when you sign in. ${codes} recovery codes are left.`,
  factorOff:
    "Only your password is asked for. With a second factor a stolen password opens nothing.",
  setUp: "Set up",
  scan: "Scan this with your authenticator app, or type the secret in.",
  qrLabel: "QR code for your authenticator app",
  secret: "Secret",
  code: "Code of your app",
  turnOn: "Turn on",
  turnOff: "Turn off",
  recovery: "Recovery codes",
  recoveryHint:
    "Each lets you in once without your app. Write them down now: they are not shown again.",
  copy: "Copy",
  copied: "Copied",
  kept: "I have written them down",
  cancel: "Cancel",

  logins: "Where you are signed in",
  browser: "Browser",
  address: "From",
  began: "Since",
  seen: "Last seen",
  thisOne: "this one",
  endAll: "Sign out everywhere",
  endAllQuestion: "Sign out in every browser, here too? Your tokens end as well.",

  tokens: "Tokens for your tools",
  tokensHint:
    "A token opens head office without your password, for a tool of yours; it may never do more than you, and only what you tick.",
  noTokens: "You have no token.",
  tokenName: "Name",
  scopes: "May",
  ends: "Ends",
  used: "Last used",
  never: "never",
  end: "End",
  endToken: (name: string) => `End the token “${name}”?`,
  makeToken: "Make a token",
  life: "Holds for",
  lifeDays: { "30": "30 days", "90": "90 days", "365": "a year" } as Readonly<
    Record<string, string>
  >,
  shownOnce: "Copy the token now; it is not shown again.",
  acts: "Acts",

  right: {
    "see-facilities": "See facilities",
    "see-money": "See money",
    "see-sessions": "See sessions",
    "see-reports": "See reports",
    "make-reports": "Make reports",
    "delete-reports": "Delete reports",
    "set-prices": "Set prices",
    "set-access": "Set who may park",
    "send-notices": "Send notices",
    "close-alerts": "Close alerts",
    "plan-work": "Plan work",
    "set-notifications": "Set notifications",
    "enrol-facilities": "Enrol facilities",
    "see-people": "See people",
    "change-people": "Change people",
    "change-organisations": "Change organisations",
    "see-audit": "See the audit",
  } as Readonly<Partial<Record<Right, string>>>,
};

const de: typeof en = {
  title: "Ihr Konto",
  sentence: (name, email) => `${name}, ${email}`,
  noAccount:
    "Sie sind mit dem ersten Zugangsschlüssel der Zentrale hier, der kein Konto hat. Laden Sie sich auf der Seite der Personen selbst ein.",
  toPeople: "Zu den Personen",
  done: "Erledigt.",

  password: "Passwort",
  passwordNow: "Jetziges Passwort",
  passwordNew: "Neues Passwort",
  passwordHint: "Mindestens 12 Zeichen; ein paar Wörter hintereinander sind lang und leicht.",
  changePassword: "Passwort ändern",
  passwordChanged: "Das Passwort ist geändert; jede andere Anmeldung ist beendet.",

  factor: "Zweiter Faktor",
  factorOn: (codes, isOne) =>
    isOne
      ? "Bei der Anmeldung wird ein Code verlangt. 1 Wiederherstellungscode ist übrig."
      : `Bei der Anmeldung wird ein Code verlangt. ${codes} Wiederherstellungscodes sind übrig.`,
  factorOff:
    "Nur Ihr Passwort wird verlangt. Mit einem zweiten Faktor öffnet ein gestohlenes Passwort nichts.",
  setUp: "Einrichten",
  scan: "Scannen Sie dies mit Ihrer Authentifizierungs-App, oder tippen Sie das Geheimnis ein.",
  qrLabel: "QR-Code für Ihre Authentifizierungs-App",
  secret: "Geheimnis",
  code: "Code Ihrer App",
  turnOn: "Einschalten",
  turnOff: "Ausschalten",
  recovery: "Wiederherstellungscodes",
  recoveryHint:
    "Jeder lässt Sie einmal ohne App herein. Schreiben Sie sie jetzt auf: Sie werden nicht wieder gezeigt.",
  copy: "Kopieren",
  copied: "Kopiert",
  kept: "Ich habe sie aufgeschrieben",
  cancel: "Abbrechen",

  logins: "Wo Sie angemeldet sind",
  browser: "Browser",
  address: "Von",
  began: "Seit",
  seen: "Zuletzt gesehen",
  thisOne: "dieser hier",
  endAll: "Überall abmelden",
  endAllQuestion: "In jedem Browser abmelden, auch hier? Ihre Schlüssel enden ebenfalls.",

  tokens: "Schlüssel für Ihre Werkzeuge",
  tokensHint:
    "Ein Schlüssel öffnet die Zentrale ohne Ihr Passwort, für ein Werkzeug von Ihnen; er darf nie mehr als Sie, und nur, was Sie ankreuzen.",
  noTokens: "Sie haben keinen Schlüssel.",
  tokenName: "Name",
  scopes: "Darf",
  ends: "Endet",
  used: "Zuletzt genutzt",
  never: "noch nie",
  end: "Beenden",
  endToken: (name) => `Den Schlüssel „${name}“ beenden?`,
  makeToken: "Schlüssel anlegen",
  life: "Gilt",
  lifeDays: { "30": "30 Tage", "90": "90 Tage", "365": "ein Jahr" },
  shownOnce: "Kopieren Sie den Schlüssel jetzt; er wird nicht wieder gezeigt.",
  acts: "Was sich tun lässt",

  right: {
    "see-facilities": "Parkhäuser sehen",
    "see-money": "Geld sehen",
    "see-sessions": "Parkvorgänge sehen",
    "see-reports": "Berichte sehen",
    "make-reports": "Berichte erstellen",
    "delete-reports": "Berichte löschen",
    "set-prices": "Preise festlegen",
    "set-access": "Festlegen, wer parken darf",
    "send-notices": "Hinweise senden",
    "close-alerts": "Meldungen schließen",
    "plan-work": "Arbeiten planen",
    "set-notifications": "Benachrichtigungen festlegen",
    "enrol-facilities": "Parkhäuser aufnehmen",
    "see-people": "Personen sehen",
    "change-people": "Personen ändern",
    "change-organisations": "Organisationen ändern",
    "see-audit": "Prüfprotokoll sehen",
  },
};

const es: typeof en = {
  title: "Su cuenta",
  sentence: (name, email) => `${name}, ${email}`,
  noAccount:
    "Está aquí con la primera clave de la central, que no tiene cuenta. Invítese a sí mismo en la página de personas.",
  toPeople: "Ir a las personas",
  done: "Hecho.",

  password: "Contraseña",
  passwordNow: "Contraseña actual",
  passwordNew: "Contraseña nueva",
  passwordHint: "Al menos 12 caracteres; unas palabras seguidas son largas y fáciles.",
  changePassword: "Cambiar la contraseña",
  passwordChanged: "La contraseña se ha cambiado; las demás sesiones han terminado.",

  factor: "Segundo factor",
  factorOn: (codes, isOne) =>
    isOne
      ? "Al entrar se pide un código. Queda 1 código de recuperación."
      : `Al entrar se pide un código. Quedan ${codes} códigos de recuperación.`,
  factorOff:
    "Solo se pide su contraseña. Con un segundo factor, una contraseña robada no abre nada.",
  setUp: "Configurar",
  scan: "Escanee esto con su aplicación de autenticación o escriba el secreto.",
  qrLabel: "Código QR para su aplicación de autenticación",
  secret: "Secreto",
  code: "Código de su aplicación",
  turnOn: "Activar",
  turnOff: "Desactivar",
  recovery: "Códigos de recuperación",
  recoveryHint:
    "Cada uno le deja entrar una vez sin la aplicación. Anótelos ahora: no se muestran otra vez.",
  copy: "Copiar",
  copied: "Copiado",
  kept: "Los he anotado",
  cancel: "Cancelar",

  logins: "Dónde ha entrado",
  browser: "Navegador",
  address: "Desde",
  began: "Empezó",
  seen: "Visto por última vez",
  thisOne: "este",
  endAll: "Salir en todas partes",
  endAllQuestion: "¿Salir en todos los navegadores, también aquí? Sus claves terminan también.",

  tokens: "Claves para sus herramientas",
  tokensHint:
    "Una clave abre la central sin su contraseña, para una herramienta suya; nunca puede más que usted, y solo lo que marque.",
  noTokens: "No tiene ninguna clave.",
  tokenName: "Nombre",
  scopes: "Puede",
  ends: "Termina",
  used: "Último uso",
  never: "nunca",
  end: "Terminar",
  endToken: (name) => `¿Terminar la clave «${name}»?`,
  makeToken: "Crear una clave",
  life: "Vale durante",
  lifeDays: { "30": "30 días", "90": "90 días", "365": "un año" },
  shownOnce: "Copie la clave ahora; no se muestra otra vez.",
  acts: "Qué se puede hacer",

  right: {
    "see-facilities": "Ver aparcamientos",
    "see-money": "Ver el dinero",
    "see-sessions": "Ver estancias",
    "see-reports": "Ver informes",
    "make-reports": "Crear informes",
    "delete-reports": "Borrar informes",
    "set-prices": "Fijar precios",
    "set-access": "Fijar quién puede aparcar",
    "send-notices": "Enviar avisos",
    "close-alerts": "Cerrar alertas",
    "plan-work": "Planificar trabajos",
    "set-notifications": "Fijar notificaciones",
    "enrol-facilities": "Dar de alta aparcamientos",
    "see-people": "Ver personas",
    "change-people": "Cambiar personas",
    "change-organisations": "Cambiar organizaciones",
    "see-audit": "Ver la auditoría",
  },
};

export const ownWords = inLanguage({ en, de, es });
