import { inLanguage } from "../frame/language.ts";

/** What an outcome is called, and how it is found. */
type Named = readonly [title: string, definition: string];

interface OutcomesWords {
  readonly question: string;
  readonly sentence: (count: number) => string;
  readonly contents: string;
  readonly none: string;
  /** By the outcome's name; left out, head office's own English is shown. */
  readonly outcomes: Readonly<Record<string, Named>>;
}

const en: OutcomesWords = {
  question: "What does it all come to?",
  sentence: (count) => `${count} outcomes, each with its definition and its evidence.`,
  contents: "Outcomes on this page",
  none: "There is no evidence of these days.",
  outcomes: {},
};

const de: OutcomesWords = {
  question: "Was kommt dabei heraus?",
  sentence: (count) => `${count} Ergebnisse, jedes mit seiner Erklärung und seinen Belegen.`,
  contents: "Ergebnisse auf dieser Seite",
  none: "Aus diesen Tagen gibt es keine Belege.",
  outcomes: {
    "duration-fees": [
      "Gebühren nach Parkdauer",
      "Was für beendete Parkvorgänge berechnet wurde, nach ihrer Dauer.",
    ],
    "overstay-detection": [
      "Fahrzeuge, die zu lange bleiben",
      "Meldungen zu langer Parkdauer und Verstöße deswegen, je Tag.",
    ],
    "average-time": [
      "Mittlere Zeit",
      "Mittel der Parkvorgänge, die endeten und von Anfang bis Ende gesehen wurden, je Fahrzeugklasse.",
    ],
    "space-allocation": [
      "Welche Zone mehr haben sollte",
      "Auslastung jeder Zone gegenüber dem ganzen Parkhaus: Liegt sie darüber, wird dort mehr gesucht, als es gibt.",
    ],
    invoices: [
      "Belege und Schulden",
      "Ausgestellte Quittungen, Rechnungen und Schuldscheine, je Art.",
    ],
    "revenue-forecast": [
      "Umsatz der nächsten sieben Tage",
      "Mittel desselben Wochentags in den letzten vier Wochen.",
    ],
    "dynamic-pricing": [
      "Was Preise tun könnten",
      "Je Zone: über 90 % der Zeit belegt +20 %, unter 30 % −20 %; daneben die Stufen von San Francisco. Entscheiden muss ein Mensch.",
    ],
    "staff-scheduling": [
      "Personal an den Einfahrten",
      "Je Tagesstunde: Einfahrten je Stunde, geteilt durch das, was eine Spur in einer Stunde bewältigt, aufgerundet.",
    ],
    "capacity-planning": [
      "Ist genug Platz da?",
      "Je Tag: die meisten Fahrzeuge im Haus am Ende einer Minute, von allen Stellplätzen.",
    ],
    "entry-exit-pattern": [
      "Wann sie kommen und gehen",
      "Ein- und Ausfahrten eines mittleren Tages, je Stunde.",
    ],
    "entrance-design": [
      "Welche Einfahrt was trägt",
      "Je Spur: durchgefahrene Fahrzeuge, mittlere Zeit einer Durchfahrt und was die Spur in einer Stunde bewältigen könnte.",
    ],
    "demand-prediction": [
      "Einfahrten von morgen, je Stunde",
      "Mittel derselben Stunde am selben Wochentag in den letzten vier Wochen.",
    ],
    "bottleneck-detection": [
      "Wo Fahrzeuge warten",
      "Je Spur in ihrer stärksten Stunde: Anteil der Zeit, in der sie besetzt ist, und wie lange ein Fahrzeug nach Pollaczek und Chintschin wartet (zufällige Ankünfte, gleich lange Abfertigung).",
    ],
    "enforcement-alerts": [
      "Welche Regeln gebrochen wurden",
      "Festgestellte Verstöße, nach Art und Tag.",
    ],
    "security-monitoring": [
      "Was die Wache ansehen sollte",
      "Meldungen über Schranken, die unerklärt öffneten, durch die ein zweites Fahrzeug folgte oder die offen standen, und Öffnungen von Hand.",
    ],
    "layout-optimisation": [
      "Stellplätze, die niemand mag",
      "Die am wenigsten belegten Stellplätze jeder Zone gegenüber dem Mittel der Zone.",
    ],
    "revenue-per-space": [
      "Was ein Stellplatz verdient",
      "Je Zone: Umsatz, nach belegter Zeit verteilt, je Stellplatz und Tag.",
    ],
  },
};

const es: OutcomesWords = {
  question: "¿Qué resulta de todo esto?",
  sentence: (count) => `${count} resultados, cada uno con su definición y sus pruebas.`,
  contents: "Resultados de esta página",
  none: "No hay pruebas de estos días.",
  outcomes: {
    "duration-fees": [
      "Tarifas por duración",
      "Lo que se cobró por las estancias terminadas, según su duración.",
    ],
    "overstay-detection": [
      "Vehículos que se quedan demasiado",
      "Alertas por exceso de estancia e infracciones por ello, por día.",
    ],
    "average-time": [
      "Tiempo medio",
      "Media de las estancias que terminaron y se vieron de principio a fin, por clase de vehículo.",
    ],
    "space-allocation": [
      "Qué zona debería tener más",
      "Utilización de cada zona frente a todo el aparcamiento: por encima, los conductores quieren más de lo que hay.",
    ],
    invoices: [
      "Documentos y deudas",
      "Recibos, facturas y reconocimientos de deuda emitidos, por clase.",
    ],
    "revenue-forecast": [
      "Ingresos de los próximos siete días",
      "Media del mismo día de la semana en las últimas cuatro semanas.",
    ],
    "dynamic-pricing": [
      "Qué podrían hacer los precios",
      "Por zona: por encima del 90 % del tiempo ocupada, +20 %; por debajo del 30 %, −20 %; al lado, los tramos de San Francisco. Decide una persona.",
    ],
    "staff-scheduling": [
      "Personal en las entradas",
      "Por hora del día: entradas por hora divididas entre lo que atiende un carril en una hora, redondeado hacia arriba.",
    ],
    "capacity-planning": [
      "¿Hay sitio suficiente?",
      "Por día: el máximo de vehículos dentro al final de un minuto, de todas las plazas.",
    ],
    "entry-exit-pattern": [
      "Cuándo vienen y se van",
      "Entradas y salidas de un día medio, por hora.",
    ],
    "entrance-design": [
      "Qué soporta cada entrada",
      "Por carril: vehículos que pasaron, tiempo medio de un paso y lo que el carril podría atender en una hora.",
    ],
    "demand-prediction": [
      "Entradas de mañana por hora",
      "Media de la misma hora en el mismo día de la semana en las últimas cuatro semanas.",
    ],
    "bottleneck-detection": [
      "Dónde esperan los vehículos",
      "Por carril, en su hora de más tráfico: parte del tiempo que está ocupado y cuánto espera un vehículo según Pollaczek y Jinchin (llegadas al azar, servicio de duración fija).",
    ],
    "enforcement-alerts": [
      "Qué reglas se incumplieron",
      "Infracciones encontradas, por tipo y día.",
    ],
    "security-monitoring": [
      "Qué debería mirar la vigilancia",
      "Alertas de barreras que se abrieron sin explicación, por las que pasó otro vehículo detrás o que quedaron abiertas, y aperturas a mano.",
    ],
    "layout-optimisation": [
      "Plazas que nadie quiere",
      "Las plazas menos ocupadas de cada zona, frente a la media de la zona.",
    ],
    "revenue-per-space": [
      "Lo que gana una plaza",
      "Por zona: ingresos repartidos según el tiempo ocupado, por plaza y día.",
    ],
  },
};

export const outcomesWords = inLanguage({ en, de, es });
