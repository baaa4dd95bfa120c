import { inLanguage } from "../frame/language.ts";

/** What a figure is called, what it means, and why it may have no value. */
type Meant = readonly [title: string, definition: string, none: string];

interface FiguresWords {
  readonly question: string;
  readonly sentence: (met: number, of: number) => string;
  readonly noTargets: string;
  readonly atLeast: (value: string) => string;
  readonly atMost: (value: string) => string;
  readonly groups: Readonly<Record<string, string>>;
  /** By the figure's name; left out, head office's own English is shown. */
  readonly figures: Readonly<Record<string, Meant>>;
}

const en: FiguresWords = {
  question: "Are we as good as we want to be?",
  sentence: (met, of) => `${met} of ${of} targets are met.`,
  noTargets: "No figure with a target is known yet.",
  atLeast: (value) => `should be at least ${value}`,
  atMost: (value) => `should be at most ${value}`,
  groups: {
    success: "Success",
    operational: "Operation",
    technical: "Technology",
    customer: "Customers",
    maintenance: "Maintenance",
  },
  figures: {},
};

const nothingPaid = {
  de: "In diesem Zeitraum wurde nichts bezahlt.",
  es: "En este periodo no se pagó nada.",
};

const de: FiguresWords = {
  question: "Sind wir so gut, wie wir sein wollen?",
  sentence: (met, of) =>
    of === 1 ? `${met} von 1 Ziel ist erreicht.` : `${met} von ${of} Zielen sind erreicht.`,
  noTargets: "Noch ist keine Kennzahl mit einem Ziel bekannt.",
  atLeast: (value) => `soll mindestens ${value} sein`,
  atMost: (value) => `soll höchstens ${value} sein`,
  groups: {
    success: "Erfolg",
    operational: "Betrieb",
    technical: "Technik",
    customer: "Kundschaft",
    maintenance: "Instandhaltung",
  },
  figures: {
    space_utilization_rate: [
      "Auslastung der Stellplätze",
      "Sekunden, in denen Stellplätze belegt waren, von allen Sekunden, die das Parkhaus gemeldet hat.",
      "Das Parkhaus hat keine Stunde dieses Zeitraums gemeldet.",
    ],
    average_parking_duration: [
      "Mittlere Parkdauer",
      "Mittel der Parkvorgänge, die in diesem Zeitraum endeten und von Anfang bis Ende gesehen wurden.",
      "Kein solcher Parkvorgang endete in diesem Zeitraum.",
    ],
    revenue_per_space: [
      "Umsatz je Stellplatz",
      "Einnahmen aus Parkvorgängen, Vertragsstrafen und Verlängerungen, geteilt durch die Zahl der Stellplätze.",
      "Es sind keine Stellplätze bekannt.",
    ],
    sensor_uptime: [
      "Arbeitende Sensoren",
      "Zeit aller Sensoren ohne die Zeit von einer Meldung, dass einer schweigt, bis zu deren Ende.",
      "Das Parkhaus hat nicht gemeldet, wie viele Sensoren es hat.",
    ],
    payment_processing_success: [
      "Gelungene Zahlungen",
      "Eingenommene Zahlungen, von allen eingenommenen und abgelehnten.",
      nothingPaid.de,
    ],
    api_response_times: [
      "Antwortzeit der Zentrale",
      "Mittlere Zeit, in der die Zentrale beantwortete, was Menschen und ihre Werkzeuge zu diesem Parkhaus fragten.",
      "In diesem Zeitraum hat niemand die Zentrale zu diesem Parkhaus gefragt.",
    ],
    gate_decision_time: [
      "Zeit bis zur Entscheidung an der Schranke",
      "Mittlere Zeit vom letzten Byte einer Lesung bis zur Entscheidung, gemessen im Parkhaus.",
      "Keine Entscheidung dieses Zeitraums nennt ihre Zeit.",
    ],
    app_usage: [
      "Mit dem eigenen Telefon bezahlt",
      "Zahlungen über einen Online-Zahlungsdienst, von allen Zahlungen.",
      nothingPaid.de,
    ],
    reservation_completion_rate: [
      "Genutzte Reservierungen",
      "Reservierungen, deren Zeit in diesem Zeitraum endete und deren Fahrzeug einfuhr, von allen, die endeten.",
      "In diesem Zeitraum endete keine Reservierung.",
    ],
    customer_ratings: [
      "Bewertungen",
      "Wer auf der Seite seiner Quittung 4 oder 5 tippte, von allen, die tippten; wer nicht tippt, zählt nicht.",
      "In diesem Zeitraum hat niemand eine Quittung bewertet.",
    ],
    equipment_health: [
      "Geräte ohne Störung",
      "Geräte, zu denen keine Warnung oder Schlimmeres offen ist, von allen Geräten.",
      "Das Parkhaus hat nicht gemeldet, wie viele Geräte es hat.",
    ],
    maintenance_schedules: [
      "Planmäßig erledigte Arbeiten",
      "Für diesen Zeitraum geplante und erledigte Arbeiten, von allen für ihn geplanten.",
      "Für diesen Zeitraum war keine Arbeit geplant.",
    ],
    failure_rates: [
      "Ausfälle je tausend Durchfahrten",
      "Warnungen oder Schlimmeres zu einem Gerät, auf je tausend Fahrzeuge durch eine Schranke.",
      "In diesem Zeitraum fuhr kein Fahrzeug durch eine Schranke.",
    ],
    availability: [
      "Schranken, die gehorchten",
      "Öffnungsbefehle, die eine Schranke annahm, von allen Befehlen; offline zu sein zählt als verfügbar.",
      "In diesem Zeitraum bekam keine Schranke einen Befehl.",
    ],
    time_to_find_space: [
      "Zeit bis zum Stellplatz",
      "Mittlere Zeit zwischen den Schranken weniger mittlere Zeit auf einem Stellplatz: Hinweg und Rückweg zusammen, also höchstens so viel. Gemeint, wo jeder Stellplatz einen Sensor hat.",
      "In diesem Zeitraum endeten nicht beide Arten von Aufenthalten.",
    ],
    satisfaction: [
      "Zufriedene Fahrerinnen und Fahrer",
      "Wer auf der Seite seiner Quittung 4 oder 5 tippte, von allen, die tippten; wer nicht tippt, zählt nicht.",
      "In diesem Zeitraum hat niemand eine Quittung bewertet.",
    ],
    utilization_improvement: [
      "Auslastung gegenüber der Zeit davor",
      "Änderung der Auslastung gegenüber ebenso vielen Tagen vor diesem Zeitraum.",
      "Aus der Zeit davor ist nichts bekannt.",
    ],
    payment_failures: [
      "Misslungene Zahlungen",
      "Abgelehnte Versuche, von allen eingenommenen und abgelehnten.",
      nothingPaid.de,
    ],
  },
};

const es: FiguresWords = {
  question: "¿Somos tan buenos como queremos ser?",
  sentence: (met, of) =>
    of === 1 ? `Se cumple ${met} de 1 objetivo.` : `Se cumplen ${met} de ${of} objetivos.`,
  noTargets: "Todavía no se conoce ningún indicador con objetivo.",
  atLeast: (value) => `debe ser al menos ${value}`,
  atMost: (value) => `debe ser como máximo ${value}`,
  groups: {
    success: "Éxito",
    operational: "Operación",
    technical: "Técnica",
    customer: "Clientes",
    maintenance: "Mantenimiento",
  },
  figures: {
    space_utilization_rate: [
      "Utilización de las plazas",
      "Segundos en que hubo plazas ocupadas, de todos los segundos que comunicó el aparcamiento.",
      "El aparcamiento no ha comunicado ninguna hora de este periodo.",
    ],
    average_parking_duration: [
      "Estancia media",
      "Media de las estancias que terminaron en este periodo y se vieron de principio a fin.",
      "Ninguna estancia así terminó en este periodo.",
    ],
    revenue_per_space: [
      "Ingresos por plaza",
      "Lo cobrado por estancias, penalizaciones y renovaciones, dividido entre el número de plazas.",
      "No se conoce ninguna plaza.",
    ],
    sensor_uptime: [
      "Sensores en servicio",
      "Tiempo de todos los sensores sin el que va de una alerta de silencio hasta su fin.",
      "El aparcamiento no ha comunicado cuántos sensores tiene.",
    ],
    payment_processing_success: [
      "Pagos que salieron bien",
      "Pagos cobrados, de todos los cobrados y rechazados.",
      nothingPaid.es,
    ],
    api_response_times: [
      "Tiempo de respuesta de la central",
      "Tiempo medio en que la central respondió a lo que personas y sus herramientas preguntaron sobre este aparcamiento.",
      "En este periodo nadie preguntó a la central por este aparcamiento.",
    ],
    gate_decision_time: [
      "Tiempo de decisión en la barrera",
      "Tiempo medio desde el último byte de una lectura hasta la decisión, medido en el aparcamiento.",
      "Ninguna decisión de este periodo indica su tiempo.",
    ],
    app_usage: [
      "Pagado con el propio teléfono",
      "Pagos a través de una pasarela en línea, de todos los pagos.",
      nothingPaid.es,
    ],
    reservation_completion_rate: [
      "Reservas utilizadas",
      "Reservas cuyo tiempo terminó en este periodo y cuyo vehículo entró, de todas las que terminaron.",
      "En este periodo no terminó ninguna reserva.",
    ],
    customer_ratings: [
      "Valoraciones",
      "Quienes marcaron 4 o 5 en la página de su recibo, de todos los que marcaron; quien no marca no cuenta.",
      "En este periodo nadie valoró un recibo.",
    ],
    equipment_health: [
      "Dispositivos sin avería",
      "Dispositivos sin ningún aviso abierto ni nada peor, de todos los dispositivos.",
      "El aparcamiento no ha comunicado cuántos dispositivos tiene.",
    ],
    maintenance_schedules: [
      "Trabajos hechos según lo previsto",
      "Trabajos previstos para este periodo y terminados, de todos los previstos para él.",
      "No había ningún trabajo previsto para este periodo.",
    ],
    failure_rates: [
      "Fallos por cada mil pasos",
      "Avisos o alertas peores sobre un dispositivo, por cada mil vehículos que pasaron una barrera.",
      "En este periodo ningún vehículo pasó una barrera.",
    ],
    availability: [
      "Barreras que obedecieron",
      "Órdenes de abrir que una barrera aceptó, de todas las órdenes; estar sin conexión cuenta como en servicio.",
      "En este periodo no se dio ninguna orden a una barrera.",
    ],
    time_to_find_space: [
      "Tiempo para encontrar plaza",
      "Estancia media entre barreras menos estancia media en una plaza: ida y vuelta juntas, así que como mucho esto. Pensado para donde cada plaza tiene un sensor.",
      "En este periodo no terminó ninguna estancia de ambas clases.",
    ],
    satisfaction: [
      "Conductores satisfechos",
      "Quienes marcaron 4 o 5 en la página de su recibo, de todos los que marcaron; quien no marca no cuenta.",
      "En este periodo nadie valoró un recibo.",
    ],
    utilization_improvement: [
      "Utilización frente al tiempo anterior",
      "Cambio de la utilización frente a otros tantos días anteriores a este periodo.",
      "No hay datos del tiempo anterior.",
    ],
    payment_failures: [
      "Pagos fallidos",
      "Intentos rechazados, de todos los cobrados y rechazados.",
      nothingPaid.es,
    ],
  },
};

export const figuresWords = inLanguage({ en, de, es });
