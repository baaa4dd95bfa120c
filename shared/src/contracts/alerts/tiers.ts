/*
 * How loud an alert is. `critical`: payment, breach and gate; `warning`: devices, high occupancy, maintenance due;
 * `info`: trends, milestones, feedback. What the edge calls an alert (its severity) is how it was found; its tier is
 * what people are told by.
 */

export const tiers = ["critical", "warning", "info"] as const;
export type Tier = (typeof tiers)[number];

/** What a kind of alert is about, as people look for it. */
export const alertTopics = [
  "gate",
  "payment",
  "breach",
  "device",
  "vehicle",
  "ledger",
  "use",
  "delivery",
] as const;
export type AlertTopic = (typeof alertTopics)[number];

interface AlertKind {
  readonly tier: Tier;
  readonly topic: AlertTopic;
}

const kinds = (
  tier: Tier,
  topic: AlertTopic,
  ...types: readonly string[]
): readonly (readonly [string, AlertKind])[] => types.map((type) => [type, { tier, topic }]);

/** Every type of alert that a facility or head office raises. */
export const alertKinds: ReadonlyMap<string, AlertKind> = new Map([
  ...kinds("critical", "gate", "gate-fault", "gate-release-failed", "gate-not-seen-open"),
  ...kinds("critical", "gate", "attendant-needed", "help-call", "loops-lost", "loop-stuck"),
  ...kinds("critical", "gate", "loop-silent", "fire-alarm", "alarm-contact-lost"),
  ...kinds("critical", "gate", "alarm-not-obeyed"),
  ...kinds("warning", "gate", "stood-open", "held-open", "loop-never-on"),
  ...kinds("critical", "payment", "payment-undecided", "payment-failures", "refund-undecided"),
  ...kinds("critical", "payment", "offline-charges-wait", "online-callback-refused"),
  ...kinds("warning", "payment", "online-payment-review", "renewal-past-due", "money-to-return"),
  ...kinds("warning", "payment", "receipt-not-printed", "debt-known"),
  ...kinds("info", "payment", "refund-to-agree"),
  ...kinds("critical", "breach", "gate-opened-unexplained", "security-alarm"),
  ...kinds("critical", "breach", "deny-listed-vehicle-inside"),
  ...kinds("warning", "breach", "tailgate", "passed-unidentified", "device-quarantined"),
  ...kinds("warning", "breach", "device-misconduct", "unauthorized", "suspicious"),
  ...kinds("warning", "breach", "fraud-card-velocity", "fraud-account-velocity", "fraud-voids"),
  ...kinds("warning", "breach", "fraud-plate-velocity", "fraud-nil-payments", "fraud-openings"),
  ...kinds("warning", "breach", "fraud-validations", "fraud-exit-twice", "fraud-ticket-swap"),
  ...kinds("warning", "breach", "fraud-refund-after-cash"),
  ...kinds("warning", "device", "sensor-battery-low", "sensors-disagree", "sensor-stuck"),
  ...kinds("warning", "device", "sensor-flapping", "sensor-silent", "device-gone", "disk-full"),
  ...kinds("warning", "device", "camera-accuracy-low", "allow-list-behind", "maintenance-due"),
  ...kinds("info", "device", "device-new"),
  ...kinds("warning", "vehicle", "exit-unconfirmed", "two-under-one-plate", "orphan-exit"),
  ...kinds("info", "vehicle", "session-assumed-closed", "overstay", "space_change"),
  ...kinds("critical", "ledger", "ledger-fork", "ledger-broken-chain", "facility-silent"),
  ...kinds("warning", "ledger", "ledger-restored", "ledger-skipped-epoch", "spaces-refused"),
  ...kinds("warning", "ledger", "ledger-line-set-aside", "sync-lag", "clock-skew"),
  ...kinds("warning", "ledger", "archive-stopped", "reports-not-made"),
  ...kinds("warning", "use", "high-occupancy"),
  ...kinds("info", "use", "revenue-milestone", "usage-trend", "feedback"),
  ...kinds("warning", "delivery", "webhook-stopped", "delivery-failed"),
]);

/** How loud an alert is: as its type says, and one of a type that this program does not know as its finder says. */
export function tierOf(type: string, severity: string): Tier {
  const known = alertKinds.get(type)?.tier;
  return known ?? tiers.find((tier) => tier === severity) ?? "info";
}
