import type { SessionRow } from "@gatehouse/shared/contracts/reports/services";
import { inLanguage } from "../frame/language.ts";

type Words = Readonly<Record<string, string>>;

interface Terms {
  readonly vehicleClass: Words;
  /** States of a session that counts, and of those that never did. */
  readonly state: Words;
  readonly payment: Readonly<Record<SessionRow["payment_status"], string>>;
  readonly flag: Words;
}

const en: Terms = {
  vehicleClass: {
    car: "Car",
    motorcycle: "Motorcycle",
    truck: "Truck",
    bus: "Bus",
    van: "Van",
    bicycle: "Bicycle",
    unknown: "Not known",
  },
  state: {
    pending: "Coming in",
    open: "Inside",
    settled: "Paid, inside",
    closed: "Left",
    "closed-unpaid": "Left owing",
    "closed-assumed": "Left, not seen",
    cancelled: "Backed out",
    superseded: "Merged",
  },
  payment: {
    paid: "Paid",
    unpaid: "Unpaid",
    "part-paid": "Part paid",
    free: "Free",
    "not-yet": "Not yet",
  },
  flag: {
    "lost-ticket": "ticket lost",
    "orphan-exit": "left without an entry",
    reopened: "opened again",
    overstay: "overstayed",
    misread: "misread",
    manual_open: "opened by hand",
    offline_created: "made offline",
    clock_suspect: "clock in doubt",
  },
};

const de: Terms = {
  vehicleClass: {
    car: "Pkw",
    motorcycle: "Motorrad",
    truck: "Lkw",
    bus: "Bus",
    van: "Transporter",
    bicycle: "Fahrrad",
    unknown: "Nicht bekannt",
  },
  state: {
    pending: "Fährt ein",
    open: "Parkt",
    settled: "Bezahlt, parkt noch",
    closed: "Ausgefahren",
    "closed-unpaid": "Mit Schulden ausgefahren",
    "closed-assumed": "Ausgefahren, nicht gesehen",
    cancelled: "Umgekehrt",
    superseded: "Zusammengelegt",
  },
  payment: {
    paid: "Bezahlt",
    unpaid: "Offen",
    "part-paid": "Teils bezahlt",
    free: "Kostenlos",
    "not-yet": "Noch nicht",
  },
  flag: {
    "lost-ticket": "Ticket verloren",
    "orphan-exit": "Ausfahrt ohne Einfahrt",
    reopened: "wieder geöffnet",
    overstay: "zu lange geparkt",
    misread: "falsch gelesen",
    manual_open: "von Hand geöffnet",
    offline_created: "ohne Verbindung angelegt",
    clock_suspect: "Uhr zweifelhaft",
  },
};

const es: Terms = {
  vehicleClass: {
    car: "Turismo",
    motorcycle: "Motocicleta",
    truck: "Camión",
    bus: "Autobús",
    van: "Furgoneta",
    bicycle: "Bicicleta",
    unknown: "Desconocido",
  },
  state: {
    pending: "Entrando",
    open: "Dentro",
    settled: "Pagado, dentro",
    closed: "Salió",
    "closed-unpaid": "Salió sin pagar",
    "closed-assumed": "Salió sin ser visto",
    cancelled: "Dio marcha atrás",
    superseded: "Unificada",
  },
  payment: {
    paid: "Pagado",
    unpaid: "Sin pagar",
    "part-paid": "Pagado en parte",
    free: "Gratis",
    "not-yet": "Todavía no",
  },
  flag: {
    "lost-ticket": "tique perdido",
    "orphan-exit": "salida sin entrada",
    reopened: "reabierta",
    overstay: "estancia excesiva",
    misread: "mal leída",
    manual_open: "abierta a mano",
    offline_created: "creada sin conexión",
    clock_suspect: "reloj dudoso",
  },
};

export const terms = inLanguage({ en, de, es });

/** The class of a vehicle in words; a class that nobody here knows as it stands. */
export const classText = (vehicleClass: string | null): string =>
  terms.vehicleClass[vehicleClass ?? "unknown"] ?? vehicleClass ?? "";

/** How a session stands, with what was marked on it. */
export const stateText = ({ state, flags }: Pick<SessionRow, "state" | "flags">): string =>
  [terms.state[state] ?? state, ...flags.map((flag) => terms.flag[flag] ?? flag)].join(", ");
