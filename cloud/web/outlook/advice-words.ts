import type { AdviceKind, TimeBand } from "@gatehouse/shared/contracts/reports/advice";
import { inLanguage } from "../frame/language.ts";

/** What advice is about, as its sentence needs it; every text is ready to be shown. */
export interface AdviceFacts {
  readonly name: string;
  readonly other: string;
  readonly rate: string;
  readonly otherRate: string;
  readonly fullRate: string;
  readonly fullHours: string;
  readonly count: string;
  readonly slot: string;
  readonly most: string;
  readonly handles: string;
  readonly needed: string;
  readonly hours: string;
  readonly busy: string;
  /** "" where it only grows. */
  readonly wait: string;
  /** With a space before it; "" for all times. */
  readonly when: string;
  readonly isSpaceType: boolean;
}

type Sentences = Readonly<Record<AdviceKind, (facts: AdviceFacts) => string>>;

/** What the page of advice says. */
const en = {
  title: "What could be done better?",
  name: "Advice",
  definition:
    "From days that are over. Prices: strictly above 90% of the time occupied 20% dearer, strictly below 30% 20% cheaper; beside it San Francisco's bands for an hour. People: the most entries in an hour of the week divided by what one lane handles. Waits: by Pollaczek and Khinchine, from arrivals and the mean time of a passage. It is advice: nothing changes unless somebody changes it.",
  days: "Days that are over",
  overDays: (days: string) => `${days} days`,
  sentence: (count: string, isOne: boolean) =>
    isOne ? "There is one piece of advice." : `There are ${count} pieces of advice.`,
  none: "Nothing stands out: there is no advice for these days.",
  confidence: {
    high: "Well founded",
    medium: "Fairly founded",
    low: "Weakly founded",
    "too-little": "Too little is known",
  },
  known: (days: string, share: string) => `${days} days are known, ${share} of the hours.`,
  tooLittle: "Seven days at least must be known before anything is advised.",
  groups: {
    prices: "Prices and promotions",
    people: "People and lanes",
    spaces: "Zones and spaces",
  },
  evidence: "Evidence",
  prepare: "Prepare a tariff",
  priceHint:
    "A tariff holds for the whole facility: what is advised for one zone would change all zones. Prepared is a copy of the tariff in force; nothing is sent before somebody sends it.",
  when: ({ days, from, to }: TimeBand) =>
    `${days === "working" ? "on working days" : "at weekends"} from ${from} to ${to} o'clock`,
  band: ({ days, from, to }: TimeBand) =>
    `${days === "working" ? "working days" : "weekends"} ${from}–${to}`,
  allTimes: "all times",
  columns: {
    what: "What",
    time: "When",
    utilization: "In use",
    sfpark_cents: "SFpark, an hour",
    slot: "Hour of the week",
    entries_mean: "Entries on average",
    entries_most: "Entries at most",
    needed: "Needed",
    vehicles: "Vehicles an hour",
    passage_s: "Seconds a passage",
    busy: "Busy",
    wait_s: "Wait in seconds",
    lane: "Lane",
    entries: "Entries",
    share: "Share",
    space: "Space",
    space_type: "Kind",
    zone_mean: "Zone",
    zone: "Zone",
    spaces: "Spaces",
  } as Readonly<Record<string, string>>,
  sentences: {
    "price-up": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Spaces of the kind ${name}` : name}: ${rate} of the time occupied${when}. Make it 20% dearer.`,
    "price-down": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Spaces of the kind ${name}` : name}: ${rate} of the time occupied${when}. Make it 20% cheaper.`,
    "promote-off-peak": ({ name, fullRate, fullHours, rate, when }) =>
      `${name} is ${fullRate} full from ${fullHours} and only ${rate}${when}. Promote the empty time.`,
    staff: ({ slot, most, handles, needed, hours }) =>
      `${slot} is the busiest hour: up to ${most} vehicles come in, and one lane handles ${handles}. Lanes needed at the entries: ${needed}, as many as in ${hours} of the week's 168 hours.`,
    bottleneck: ({ name, slot, busy, wait }) =>
      wait === ""
        ? `${name}: more vehicles come at ${slot} than it can take. The queue only grows.`
        : `${name} is busy ${busy} of the time at ${slot}. A vehicle waits ${wait} on average.`,
    "dead-spaces": ({ name, count, rate }) =>
      `${name}: ${count} spaces are hardly used, though the zone is occupied ${rate} of the time. Look at them and at their sensors.`,
    "unbalanced-zones": ({ name, rate, other, otherRate }) =>
      `${name} is occupied ${rate} of the time, ${other} only ${otherRate}. Lead drivers to ${other}.`,
    "entrance-use": ({ name, rate, other, otherRate }) =>
      `${name} takes ${rate} of all entries, ${other} only ${otherRate}. Lead drivers to ${other}.`,
  } as Sentences,
};

const de: typeof en = {
  title: "Was ließe sich besser machen?",
  name: "Ratschläge",
  definition:
    "Aus Tagen, die vorbei sind. Preise: streng über 90 % der Zeit belegt 20 % teurer, streng unter 30 % 20 % billiger; daneben die Bänder von San Francisco für eine Stunde. Personal: die meisten Einfahrten einer Stunde der Woche, geteilt durch das, was eine Spur schafft. Wartezeiten: nach Pollaczek und Chintschin, aus Ankünften und mittlerer Dauer einer Durchfahrt. Es ist ein Rat: Nichts ändert sich, solange niemand etwas ändert.",
  days: "Tage, die vorbei sind",
  overDays: (days) => `${days} Tage`,
  sentence: (count, isOne) => (isOne ? "Es gibt einen Ratschlag." : `Es gibt ${count} Ratschläge.`),
  none: "Nichts fällt auf: Für diese Tage gibt es keinen Rat.",
  confidence: {
    high: "Gut begründet",
    medium: "Leidlich begründet",
    low: "Schwach begründet",
    "too-little": "Zu wenig ist bekannt",
  },
  known: (days, share) => `${days} Tage sind bekannt, ${share} der Stunden.`,
  tooLittle: "Mindestens sieben Tage müssen bekannt sein, bevor etwas geraten wird.",
  groups: {
    prices: "Preise und Werbung",
    people: "Personal und Spuren",
    spaces: "Zonen und Stellplätze",
  },
  evidence: "Belege",
  prepare: "Tarif vorbereiten",
  priceHint:
    "Ein Tarif gilt für das ganze Parkhaus: Was für eine Zone geraten wird, änderte alle Zonen. Vorbereitet wird eine Kopie des geltenden Tarifs; gesendet wird nichts, bevor es jemand sendet.",
  when: ({ days, from, to }) =>
    `${days === "working" ? "an Werktagen" : "am Wochenende"} von ${from} bis ${to} Uhr`,
  band: ({ days, from, to }) => `${days === "working" ? "Werktage" : "Wochenende"} ${from}–${to}`,
  allTimes: "alle Zeiten",
  columns: {
    what: "Was",
    time: "Wann",
    utilization: "Genutzt",
    sfpark_cents: "SFpark, eine Stunde",
    slot: "Stunde der Woche",
    entries_mean: "Einfahrten im Mittel",
    entries_most: "Einfahrten höchstens",
    needed: "Gebraucht",
    vehicles: "Fahrzeuge je Stunde",
    passage_s: "Sekunden je Durchfahrt",
    busy: "Beschäftigt",
    wait_s: "Wartezeit in Sekunden",
    lane: "Spur",
    entries: "Einfahrten",
    share: "Anteil",
    space: "Stellplatz",
    space_type: "Art",
    zone_mean: "Zone",
    zone: "Zone",
    spaces: "Stellplätze",
  },
  sentences: {
    "price-up": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Stellplätze der Art ${name}` : name}: ${rate} der Zeit belegt${when}. Machen Sie es 20 % teurer.`,
    "price-down": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Stellplätze der Art ${name}` : name}: ${rate} der Zeit belegt${when}. Machen Sie es 20 % billiger.`,
    "promote-off-peak": ({ name, fullRate, fullHours, rate, when }) =>
      `${name} ist von ${fullHours} zu ${fullRate} belegt, aber nur zu ${rate}${when}. Werben Sie für die leere Zeit.`,
    staff: ({ slot, most, handles, needed, hours }) =>
      `Am meisten los ist ${slot}: Bis zu ${most} Fahrzeuge kommen in der Stunde, eine Spur schafft ${handles}. Nötige Einfahrtsspuren: ${needed}, so viele wie in ${hours} der 168 Stunden der Woche.`,
    bottleneck: ({ name, slot, busy, wait }) =>
      wait === ""
        ? `${name}: Um ${slot} kommen mehr Fahrzeuge, als sie schafft. Die Schlange wächst nur.`
        : `${name} ist um ${slot} zu ${busy} beschäftigt. Ein Fahrzeug wartet im Mittel ${wait}.`,
    "dead-spaces": ({ name, count, rate }) =>
      `${name}: ${count} Stellplätze werden kaum genutzt, obwohl die Zone ${rate} der Zeit belegt ist. Sehen Sie dort und bei den Sensoren nach.`,
    "unbalanced-zones": ({ name, rate, other, otherRate }) =>
      `${name} ist ${rate} der Zeit belegt, ${other} nur ${otherRate}. Leiten Sie nach ${other}.`,
    "entrance-use": ({ name, rate, other, otherRate }) =>
      `${name} nimmt ${rate} aller Einfahrten auf, ${other} nur ${otherRate}. Leiten Sie nach ${other}.`,
  },
};

const es: typeof en = {
  title: "¿Qué se podría mejorar?",
  name: "Consejos",
  definition:
    "A partir de días ya terminados. Precios: por encima del 90 % del tiempo ocupado, un 20 % más caro; por debajo del 30 %, un 20 % más barato; al lado, las bandas de San Francisco para una hora. Personal: el máximo de entradas en una hora de la semana, dividido por lo que atiende un carril. Esperas: según Pollaczek y Khinchine, a partir de las llegadas y de la duración media de un paso. Es un consejo: nada cambia si nadie lo cambia.",
  days: "Días ya terminados",
  overDays: (days) => `${days} días`,
  sentence: (count, isOne) => (isOne ? "Hay un consejo." : `Hay ${count} consejos.`),
  none: "Nada llama la atención: no hay consejos para estos días.",
  confidence: {
    high: "Bien fundado",
    medium: "Medianamente fundado",
    low: "Poco fundado",
    "too-little": "Se sabe demasiado poco",
  },
  known: (days, share) => `Se conocen ${days} días, el ${share} de las horas.`,
  tooLittle: "Deben conocerse al menos siete días antes de aconsejar algo.",
  groups: {
    prices: "Precios y promociones",
    people: "Personal y carriles",
    spaces: "Zonas y plazas",
  },
  evidence: "Pruebas",
  prepare: "Preparar una tarifa",
  priceHint:
    "Una tarifa vale para todo el aparcamiento: lo que se aconseja para una zona cambiaría todas. Se prepara una copia de la tarifa en vigor; no se envía nada hasta que alguien lo envíe.",
  when: ({ days, from, to }) =>
    `${days === "working" ? "en días laborables" : "los fines de semana"} de ${from} a ${to} h`,
  band: ({ days, from, to }) =>
    `${days === "working" ? "laborables" : "fin de semana"} ${from}–${to}`,
  allTimes: "a todas horas",
  columns: {
    what: "Qué",
    time: "Cuándo",
    utilization: "En uso",
    sfpark_cents: "SFpark, una hora",
    slot: "Hora de la semana",
    entries_mean: "Entradas de media",
    entries_most: "Entradas como máximo",
    needed: "Hacen falta",
    vehicles: "Vehículos por hora",
    passage_s: "Segundos por paso",
    busy: "Ocupado",
    wait_s: "Espera en segundos",
    lane: "Carril",
    entries: "Entradas",
    share: "Parte",
    space: "Plaza",
    space_type: "Tipo",
    zone_mean: "Zona",
    zone: "Zona",
    spaces: "Plazas",
  },
  sentences: {
    "price-up": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Plazas de tipo ${name}` : name}: ocupado el ${rate} del tiempo${when}. Súbala un 20 %.`,
    "price-down": ({ name, rate, when, isSpaceType }) =>
      `${isSpaceType ? `Plazas de tipo ${name}` : name}: ocupado el ${rate} del tiempo${when}. Bájela un 20 %.`,
    "promote-off-peak": ({ name, fullRate, fullHours, rate, when }) =>
      `${name} está al ${fullRate} de ${fullHours} y solo al ${rate}${when}. Promocione el tiempo vacío.`,
    staff: ({ slot, most, handles, needed, hours }) =>
      `La hora con más movimiento es ${slot}: llegan hasta ${most} vehículos y un carril atiende ${handles}. Carriles de entrada necesarios: ${needed}, tantos como en ${hours} de las 168 horas de la semana.`,
    bottleneck: ({ name, slot, busy, wait }) =>
      wait === ""
        ? `${name}: a las ${slot} llegan más vehículos de los que puede atender. La cola no deja de crecer.`
        : `${name} está ocupado el ${busy} del tiempo a las ${slot}. Un vehículo espera ${wait} de media.`,
    "dead-spaces": ({ name, count, rate }) =>
      `${name}: ${count} plazas apenas se usan, aunque la zona está ocupada el ${rate} del tiempo. Revíselas, y también sus sensores.`,
    "unbalanced-zones": ({ name, rate, other, otherRate }) =>
      `${name} está ocupada el ${rate} del tiempo y ${other} solo el ${otherRate}. Guíe a los conductores hacia ${other}.`,
    "entrance-use": ({ name, rate, other, otherRate }) =>
      `${name} recibe el ${rate} de las entradas y ${other} solo el ${otherRate}. Guíe a los conductores hacia ${other}.`,
  },
};

export const adviceWords = inLanguage({ en, de, es });
