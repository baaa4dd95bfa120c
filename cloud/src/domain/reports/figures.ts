import type { Figure } from "@gatehouse/shared/contracts/reports/figures";

/** Everything that the figures of a period are computed from. */
export interface FigureFacts {
  readonly days: number;
  readonly spaces: number;
  readonly occupiedS: number;
  readonly spaceS: number;
  /** The same length of time before. */
  readonly before: { readonly occupiedS: number; readonly spaceS: number };
  readonly measured: number;
  readonly stayedS: number;
  /** Stays in spaces that ended, and their seconds together. */
  readonly spaceStays: number;
  readonly spaceStayedS: number;
  readonly revenueMinor: number;
  readonly payments: number;
  readonly declined: number;
  readonly onlinePayments: number;
  readonly commands: number;
  readonly accepted: number;
  readonly passages: number;
  readonly timed: number;
  readonly latencyMs: number;
  /** What people and tools asked head office about the facility, and how long the answers took together. */
  readonly requests: number;
  readonly requestMs: number;
  readonly sensors: number | undefined;
  readonly devices: number | undefined;
  /** Seconds for which sensors were silent, of all sensors together. */
  readonly sensorSilentS: number;
  /** Devices with an open fault. */
  readonly faulty: number;
  /** Faults of devices that were raised. */
  readonly faults: number;
  readonly workDue: number;
  readonly workDone: number;
  readonly reservationsOver: number;
  readonly reservationsUsed: number;
  /** Drivers who tapped on their receipt, and those of them who tapped 4 or 5. */
  readonly rated: number;
  readonly satisfied: number;
}

const daySeconds = 86_400;

/** A share of two sums as per cent with two digits; undefined where there is nothing to share. */
const percent = (part: number, whole: number): number | undefined =>
  whole <= 0 ? undefined : Math.round((10_000 * part) / whole) / 100;

const perOne = (sum: number, count: number): number | undefined =>
  count <= 0 ? undefined : Math.round(sum / count);

type Draft = Omit<Figure, "value" | "why_none" | "target"> & {
  readonly value: number | undefined;
  /** Why there is no value, where there is none. */
  readonly none: string;
  readonly target?: Figure["target"];
};

const told = ({ value, none, target = null, ...rest }: Draft): Figure => ({
  ...rest,
  value: value ?? null,
  why_none: value === undefined ? none : null,
  target,
});

const atLeast = (least: number) => ({ least, most: null });
const atMost = (most: number) => ({ least: null, most });

/** The twelve key figures of requirements P76, and the time to decide at a gate. */
export function keyFigures(facts: FigureFacts): Figure[] {
  return [
    ...operational(facts),
    ...technical(facts),
    ...customer(facts),
    ...maintenance(facts),
  ].map(told);
}

const operational = (facts: FigureFacts): Draft[] => [
  {
    name: "space_utilization_rate",
    group: "operational",
    title: "Space utilisation",
    unit: "percent",
    value: percent(facts.occupiedS, facts.spaceS),
    definition: "Seconds for which spaces were occupied, of all seconds that the facility told of.",
    none: "The facility has told no hour of this period.",
  },
  {
    name: "average_parking_duration",
    group: "operational",
    title: "Average stay",
    unit: "seconds",
    value: perOne(facts.stayedS, facts.measured),
    definition: "Mean of the stays that ended in this period and were seen from beginning to end.",
    none: "No such stay ended in this period.",
  },
  {
    name: "revenue_per_space",
    group: "operational",
    title: "Revenue of a space",
    unit: "minor",
    value: perOne(facts.revenueMinor, facts.spaces),
    definition: "Takings for stays, penalties and renewals, divided by the number of spaces.",
    none: "No spaces are known.",
  },
];

const technical = (facts: FigureFacts): Draft[] => [
  {
    name: "sensor_uptime",
    group: "technical",
    title: "Sensors at work",
    unit: "percent",
    value:
      facts.sensors === undefined || facts.sensors === 0
        ? undefined
        : percent(
            Math.max(0, facts.sensors * facts.days * daySeconds - facts.sensorSilentS),
            facts.sensors * facts.days * daySeconds,
          ),
    definition: "Time of all sensors without the time from an alert of silence until its end.",
    none: "The facility has not told how many sensors it has.",
  },
  {
    name: "payment_processing_success",
    group: "technical",
    title: "Payments that went through",
    unit: "percent",
    value: percent(facts.payments, facts.payments + facts.declined),
    definition: "Payments that were taken, of all that were taken or declined.",
    none: "Nothing was paid in this period.",
  },
  {
    name: "api_response_times",
    group: "technical",
    title: "Time of head office to answer",
    unit: "ms",
    value: perOne(facts.requestMs, facts.requests),
    definition:
      "Mean time in which head office answered what people and their tools asked about this facility.",
    none: "Nobody asked head office about this facility in this period.",
    target: atMost(300),
  },
  {
    name: "gate_decision_time",
    group: "technical",
    title: "Time to decide at a gate",
    unit: "ms",
    value: perOne(facts.latencyMs, facts.timed),
    definition: "Mean time from the last byte of a read to the decision, measured at the facility.",
    none: "No decision of this period tells its time.",
    target: atMost(500),
  },
];

const customer = (facts: FigureFacts): Draft[] => [
  {
    name: "app_usage",
    group: "customer",
    title: "Paid on the driver's own phone",
    unit: "percent",
    value: percent(facts.onlinePayments, facts.payments),
    definition: "Payments through an online gateway, of all payments.",
    none: "Nothing was paid in this period.",
  },
  {
    name: "reservation_completion_rate",
    group: "customer",
    title: "Reservations that were used",
    unit: "percent",
    value: percent(facts.reservationsUsed, facts.reservationsOver),
    definition:
      "Reservations whose time ended in this period and whose vehicle came in, of all that ended.",
    none: "No reservation ended in this period.",
  },
  {
    name: "customer_ratings",
    group: "customer",
    title: "Ratings",
    unit: "percent",
    value: percent(facts.satisfied, facts.rated),
    definition:
      "Drivers who tapped 4 or 5 on their receipt's page, of all who tapped; whoever does not tap is not counted.",
    none: "Nobody rated a receipt in this period.",
    target: atLeast(95),
  },
];

const maintenance = (facts: FigureFacts): Draft[] => [
  {
    name: "equipment_health",
    group: "maintenance",
    title: "Devices without a fault",
    unit: "percent",
    value:
      facts.devices === undefined
        ? undefined
        : percent(Math.max(0, facts.devices - facts.faulty), facts.devices),
    definition: "Devices that no open alert of warning or worse is about, of all devices.",
    none: "The facility has not told how many devices it has.",
  },
  {
    name: "maintenance_schedules",
    group: "maintenance",
    title: "Work done as planned",
    unit: "percent",
    value: percent(facts.workDone, facts.workDue),
    definition:
      "Work that was planned for this period and is completed, of all that was planned for it.",
    none: "No work was planned for this period.",
  },
  {
    name: "failure_rates",
    group: "maintenance",
    title: "Failures in a thousand passages",
    unit: "factor",
    value:
      facts.passages === 0
        ? undefined
        : Math.round((100_000 * facts.faults) / facts.passages) / 100,
    definition:
      "Alerts of warning or worse about a device, for each thousand vehicles through a gate.",
    none: "No vehicle went through a gate in this period.",
  },
];

/** The success metrics of requirements P21 to P25. */
export function successFigures(facts: FigureFacts): Figure[] {
  const share = percent(facts.occupiedS, facts.spaceS);
  const before = percent(facts.before.occupiedS, facts.before.spaceS);
  const between = perOne(facts.stayedS, facts.measured);
  const standing = perOne(facts.spaceStayedS, facts.spaceStays);
  const moving =
    between === undefined || standing === undefined ? undefined : Math.max(0, between - standing);
  return [
    {
      name: "availability",
      group: "success",
      title: "Gates that obeyed",
      unit: "percent",
      value: percent(facts.accepted, facts.commands),
      definition: "Commands to open that a gate took, of all commands; being offline counts as up.",
      none: "No gate was commanded in this period.",
      target: atLeast(99.9),
    },
    {
      name: "time_to_find_space",
      group: "success",
      title: "Time to find a space",
      unit: "seconds",
      value: moving,
      definition:
        "Average stay between the gates less average stay in a space: the way in and the way out together, so at most this. Meant where every space has a sensor.",
      none: "No stay of both kinds ended in this period.",
      target: atMost(30),
    },
    {
      name: "satisfaction",
      group: "success",
      title: "Satisfied drivers",
      unit: "percent",
      value: percent(facts.satisfied, facts.rated),
      definition:
        "Drivers who tapped 4 or 5 on their receipt's page, of all who tapped; whoever does not tap is not counted.",
      none: "Nobody rated a receipt in this period.",
      target: atLeast(95),
    },
    {
      name: "utilization_improvement",
      group: "success",
      title: "Utilisation against the time before",
      unit: "percent",
      value:
        share === undefined || before === undefined || before === 0
          ? undefined
          : Math.round((10_000 * (share - before)) / before) / 100,
      definition: "Change of the utilisation against as many days before this period.",
      none: "There are no facts of the time before.",
      target: atLeast(20),
    },
    {
      name: "payment_failures",
      group: "success",
      title: "Payments that failed",
      unit: "percent",
      value: percent(facts.declined, facts.payments + facts.declined),
      definition: "Attempts that were declined, of all that were taken or declined.",
      none: "Nothing was paid in this period.",
      target: atMost(1),
    },
  ].map((draft) => told(draft as Draft));
}
