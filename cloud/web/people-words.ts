import type { Role } from "@gatehouse/shared/contracts/rights-at-office";
import { language } from "./frame/language.ts";

/** What the page says of people. */
const en = {
  people: "People",
  sentence: (count: string, isOne: boolean, more: boolean) =>
    more
      ? `${count} people are shown; search for the others.`
      : `${count} ${isOne ? "person has" : "people have"} an account here.`,
  found: (count: string, isOne: boolean) => `${count} ${isOne ? "person is" : "people are"} found.`,
  nobody: "Nobody has an account yet.",
  nobodyHint: "Begin with yourself, as an admin: head office's token then opens nothing any more.",
  noneFound: (text: string) => `Nobody is called “${text}”.`,
  search: "Search by name or e-mail address",
  name: "Name",
  roles: "Roles",
  state: "Account",
  seen: "Last seen",
  acts: "What can be done",
  never: "never",
  active: "Active",
  secondFactor: "with second factor",
  invited: (until: string) => `Invited until ${until}`,
  inviteEnded: "Invitation has ended",
  inactive: "Deactivated",
  noRole: "no role",
  everywhere: "everywhere",
  role: {
    driver: "Driver",
    attendant: "Attendant",
    supervisor: "Supervisor",
    manager: "Manager",
    technician: "Technician",
    admin: "Admin",
    auditor: "Auditor",
  } as Readonly<Record<Role, string>>,
  roleField: "Role",
  placeField: "Where",
  invite: "Invite somebody",
  inviteHint: "They choose their own password with a link that works once.",
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail address",
  makeInvitation: "Make the invitation",
  cancel: "Cancel",
  inviteAgain: "New link",
  deactivate: "Deactivate",
  activate: "Activate",
  why: (name: string, act: string) => `${act} ${name}: why?`,
  link: (name: string) => `The link for ${name}`,
  linkHint: (until: string) =>
    `Hand it on yourself; it works once, until ${until}, and is not shown again.`,
  copy: "Copy",
  copied: "Copied",
};

const de: typeof en = {
  people: "Personen",
  sentence: (count, isOne, more) =>
    more
      ? `${count} Personen werden gezeigt; nach den anderen suchen.`
      : `${count} ${isOne ? "Person hat" : "Personen haben"} hier ein Konto.`,
  found: (count, isOne) => `${count} ${isOne ? "Person" : "Personen"} gefunden.`,
  nobody: "Noch hat niemand ein Konto.",
  nobodyHint:
    "Beginnen Sie mit sich selbst, als Verwaltung: Der Zugangsschlüssel der Zentrale öffnet danach nichts mehr.",
  noneFound: (text) => `Niemand heißt „${text}“.`,
  search: "Nach Name oder E-Mail-Adresse suchen",
  name: "Name",
  roles: "Rollen",
  state: "Konto",
  seen: "Zuletzt da",
  acts: "Was sich tun lässt",
  never: "noch nie",
  active: "Aktiv",
  secondFactor: "mit zweitem Faktor",
  invited: (until) => `Eingeladen bis ${until}`,
  inviteEnded: "Einladung abgelaufen",
  inactive: "Abgeschaltet",
  noRole: "keine Rolle",
  everywhere: "überall",
  role: {
    driver: "Fahrerin, Fahrer",
    attendant: "Aufsicht",
    supervisor: "Schichtleitung",
    manager: "Betriebsleitung",
    technician: "Technik",
    admin: "Verwaltung",
    auditor: "Prüfung",
  },
  roleField: "Rolle",
  placeField: "Wo",
  invite: "Jemanden einladen",
  inviteHint: "Das Passwort wählen sie selbst, mit einem Link, der einmal gilt.",
  firstName: "Vorname",
  lastName: "Nachname",
  email: "E-Mail-Adresse",
  makeInvitation: "Einladung anlegen",
  cancel: "Abbrechen",
  inviteAgain: "Neuer Link",
  deactivate: "Abschalten",
  activate: "Einschalten",
  why: (name, act) => `${name} – ${act}: warum?`,
  link: (name) => `Der Link für ${name}`,
  linkHint: (until) =>
    `Bitte selbst weitergeben; er gilt einmal, bis ${until}, und wird nicht wieder gezeigt.`,
  copy: "Kopieren",
  copied: "Kopiert",
};

export const peopleWords = language === "de" ? de : en;
