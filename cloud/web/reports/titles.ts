import { inLanguage } from "../frame/language.ts";

/** What the navigation calls the report pages. */
const en = {
  overview: "Overview",
  zones: "Zones",
  revenue: "Revenue",
  peaks: "Peak hours",
  figures: "Key figures",
  outcomes: "Business outcomes",
};

const de: typeof en = {
  overview: "Übersicht",
  zones: "Zonen",
  revenue: "Umsatz",
  peaks: "Stoßzeiten",
  figures: "Kennzahlen",
  outcomes: "Geschäftsergebnisse",
};

const es: typeof en = {
  overview: "Resumen",
  zones: "Zonas",
  revenue: "Ingresos",
  peaks: "Horas punta",
  figures: "Indicadores",
  outcomes: "Resultados de negocio",
};

export const titles = inLanguage({ en, de, es });
