import { inLanguage } from "./frame/language.ts";

/** What the page says while somebody signs in. */
const en = {
  email: "E-mail address",
  password: "Password",
  code: "Code of your authenticator app",
  codeHint: "Or one of your recovery codes.",
  token: "Head office's token",
  tokenHint:
    "The first one is in first-start.json, beside the data. It opens head office until there is an admin.",
  signIn: "Sign in",
  withToken: "Sign in with head office's token",
  withPassword: "Sign in with your e-mail address",
  signedOut: "You are signed out.",
  loginEnded: "Your login has ended. Sign in again.",
  waitFor: (time: string) => `Too many wrong tries. Try again in ${time}.`,
  refusals: {
    "wrong-token": "That is not head office's token.",
    "token-retired": "Head office's token opens nothing any more: there is an admin.",
    "wrong-credentials": "The e-mail address or the password is wrong.",
    "wrong-code": "That code does not fit, or was used already. Take the next one.",
    "totp-unreadable": "Your second factor cannot be read here. Ask an admin for a new invitation.",
    "no-such-invitation":
      "This invitation was used or has ended. Ask whoever invited you for a new one.",
    "password-too-short": "A password has at least 12 characters. A few words in a row are easy.",
    "password-too-simple": "That password has too few different characters.",
    "password-names-you": "Choose something that is not your name or address.",
  } as Readonly<Record<string, string>>,
  choosePassword: "Choose your password",
  chooseHint: "At least 12 characters; a few words in a row are long and easy.",
  newPassword: "New password",
  showPassword: "Show password",
  setPassword: "Set password and sign in",
};

const de: typeof en = {
  email: "E-Mail-Adresse",
  password: "Passwort",
  code: "Code Ihrer Authentifizierungs-App",
  codeHint: "Oder einer Ihrer Wiederherstellungscodes.",
  token: "Zugangsschlüssel der Zentrale",
  tokenHint:
    "Der erste steht in first-start.json neben den Daten. Er öffnet die Zentrale, bis es eine Administratorin oder einen Administrator gibt.",
  signIn: "Anmelden",
  withToken: "Mit dem Zugangsschlüssel der Zentrale anmelden",
  withPassword: "Mit Ihrer E-Mail-Adresse anmelden",
  signedOut: "Sie sind abgemeldet.",
  loginEnded: "Ihre Anmeldung ist abgelaufen. Bitte neu anmelden.",
  waitFor: (time) => `Zu viele falsche Versuche. Neuer Versuch in ${time}.`,
  refusals: {
    "wrong-token": "Das ist nicht der Zugangsschlüssel der Zentrale.",
    "token-retired": "Der Zugangsschlüssel öffnet nichts mehr: Die Zentrale wird jetzt verwaltet.",
    "wrong-credentials": "E-Mail-Adresse oder Passwort ist falsch.",
    "wrong-code": "Dieser Code passt nicht oder wurde schon benutzt. Bitte den nächsten nehmen.",
    "totp-unreadable":
      "Ihr zweiter Faktor lässt sich hier nicht lesen. Bitten Sie um eine neue Einladung.",
    "no-such-invitation":
      "Diese Einladung wurde benutzt oder ist abgelaufen. Bitten Sie um eine neue.",
    "password-too-short":
      "Ein Passwort hat mindestens 12 Zeichen. Einige Wörter hintereinander sind leicht.",
    "password-too-simple": "Dieses Passwort hat zu wenige verschiedene Zeichen.",
    "password-names-you": "Bitte etwas wählen, das nicht Ihr Name oder Ihre Adresse ist.",
  },
  choosePassword: "Passwort wählen",
  chooseHint: "Mindestens 12 Zeichen; einige Wörter hintereinander sind lang und leicht.",
  newPassword: "Neues Passwort",
  showPassword: "Passwort zeigen",
  setPassword: "Passwort setzen und anmelden",
};

const es: typeof en = {
  email: "Correo electrónico",
  password: "Contraseña",
  code: "Código de su aplicación de autenticación",
  codeHint: "O uno de sus códigos de recuperación.",
  token: "Clave de la central",
  tokenHint:
    "La primera está en first-start.json, junto a los datos. Abre la central hasta que haya alguien que la administre.",
  signIn: "Iniciar sesión",
  withToken: "Iniciar sesión con la clave de la central",
  withPassword: "Iniciar sesión con su correo electrónico",
  signedOut: "Ha cerrado la sesión.",
  loginEnded: "Su sesión ha terminado. Inicie sesión de nuevo.",
  waitFor: (time) => `Demasiados intentos fallidos. Vuelva a intentarlo en ${time}.`,
  refusals: {
    "wrong-token": "Esa no es la clave de la central.",
    "token-retired": "La clave de la central ya no abre nada: ahora hay quien la administra.",
    "wrong-credentials": "El correo electrónico o la contraseña no es correcto.",
    "wrong-code": "Ese código no vale o ya se ha usado. Tome el siguiente.",
    "totp-unreadable":
      "Su segundo factor no se puede leer aquí. Pida una nueva invitación a quien administra.",
    "no-such-invitation":
      "Esta invitación ya se usó o ha caducado. Pida una nueva a quien le invitó.",
    "password-too-short":
      "Una contraseña tiene al menos 12 caracteres. Unas cuantas palabras seguidas son fáciles.",
    "password-too-simple": "Esa contraseña tiene muy pocos caracteres distintos.",
    "password-names-you": "Elija algo que no sea su nombre ni su dirección.",
  },
  choosePassword: "Elija su contraseña",
  chooseHint: "Al menos 12 caracteres; unas cuantas palabras seguidas son largas y fáciles.",
  newPassword: "Nueva contraseña",
  showPassword: "Mostrar la contraseña",
  setPassword: "Guardar la contraseña e iniciar sesión",
};

export const accountWords = inLanguage({ en, de, es });
