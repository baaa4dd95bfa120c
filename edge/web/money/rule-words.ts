import { tongueFor } from "../../../shared/web/tongue.ts";

const en = {
  language: "en",
  rules: {
    minimum: "Up to the minimum",
    maximum: "Down to the maximum",
    "paid-earlier": "Paid for an earlier stay",
    parking: "Parking",
    free: "Free time",
    paid: "Paid until then",
    "lost-ticket": "Lost ticket",
  } as Record<string, string>,
  tax: (percent: string) => `Tax ${percent} %`,
};

const de: typeof en = {
  language: "de",
  rules: {
    minimum: "Bis zum Mindestpreis",
    maximum: "Bis zum Höchstpreis",
    "paid-earlier": "Für einen früheren Aufenthalt bezahlt",
    parking: "Parken",
    free: "Freie Zeit",
    paid: "Bis dahin bezahlt",
    "lost-ticket": "Verlorenes Ticket",
  },
  tax: (percent) => `USt. ${percent} %`,
};

const { words } = tongueFor([en, de], navigator.languages);

/** A line of a price in the page's language; what the tariff names itself as it names it. */
export function ruleText(rule: string): string {
  const [, name = rule, detail = ""] = /^([^:]*)(?::(.*))?$/.exec(rule) ?? [];
  return name === "tax" ? words.tax(detail) : (words.rules[name] ?? name);
}
