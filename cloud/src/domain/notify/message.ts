import { alertSentence } from "@gatehouse/shared/contracts/alerts/sentences";
import { type Tier, tierOf } from "@gatehouse/shared/contracts/alerts/tiers";

/** What a message about an alert is made from. */
export interface AlertTold {
  readonly facility: string;
  readonly locale: string;
  readonly timezone: string;
  readonly type: string;
  readonly severity: string;
  readonly subject: string;
  readonly raisedAt: Date;
  readonly stage: "first" | "escalation";
}

export interface Message {
  /** One line. */
  readonly title: string;
  readonly text: string;
}

const words = {
  en: {
    tiers: { critical: "Critical", warning: "Warning", info: "For information" },
    at: "Since",
    about: "About",
    nobody: "Nobody has looked after this yet.",
    test: "A test message of head office: it arrives here.",
    testTitle: "Gatehouse: test message",
  },
  de: {
    tiers: { critical: "Kritisch", warning: "Warnung", info: "Zur Kenntnis" },
    at: "Seit",
    about: "Betrifft",
    nobody: "Bisher kümmert sich niemand darum.",
    test: "Eine Testnachricht der Zentrale: Sie kommt hier an.",
    testTitle: "Gatehouse: Testnachricht",
  },
  es: {
    tiers: { critical: "Crítico", warning: "Aviso", info: "Para su información" },
    at: "Desde",
    about: "Sobre",
    nobody: "Todavía nadie se ocupa de ello.",
    test: "Un mensaje de prueba de la central: llega hasta aquí.",
    testTitle: "Gatehouse: mensaje de prueba",
  },
} as const;

const languageOf = (locale: string): keyof typeof words => {
  const language = locale.slice(0, 2).toLowerCase();
  return language === "de" || language === "es" ? language : "en";
};

/** An id that only machines read. */
const ownId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An alert as a person reads it on a phone, in the facility's language and time. */
export function alertMessage(told: AlertTold): Message {
  const language = languageOf(told.locale);
  const own = words[language];
  const tiers: Readonly<Record<Tier, string>> = own.tiers;
  const tier = tiers[tierOf(told.type, told.severity)];
  const sentence = alertSentence(told.type, told.locale);
  const since = new Intl.DateTimeFormat(language, {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: told.timezone,
  }).format(told.raisedAt);
  const lines = [
    `${tier}: ${told.facility}`,
    `${sentence}.`,
    ...(told.subject === "" || ownId.test(told.subject) ? [] : [`${own.about}: ${told.subject}`]),
    `${own.at}: ${since}`,
    ...(told.stage === "escalation" ? [own.nobody] : []),
  ];
  return { title: `${tier}: ${told.facility}: ${sentence}`, text: lines.join("\n") };
}

/** What the test button sends. */
export function testMessage(locale: string): Message {
  const { test, testTitle } = words[languageOf(locale)];
  return { title: testTitle, text: test };
}
