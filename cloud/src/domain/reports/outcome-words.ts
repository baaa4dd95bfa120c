/** Every business outcome of requirements T41: its name, its title and how it is found. */
export const outcomeWords = {
  "duration-fees": [
    "Fees by duration",
    "What stays that ended were charged, by the time they took.",
  ],
  "overstay-detection": [
    "Vehicles that stay too long",
    "Alerts of overstay and violations found for it, by day.",
  ],
  "average-time": [
    "Average time",
    "Mean of the stays that ended and were seen from beginning to end, by class of vehicle.",
  ],
  "space-allocation": [
    "Which zone should have more",
    "Each zone's utilisation against the whole facility's: above it drivers want more of it than there is.",
  ],
  invoices: ["Papers and debts", "Receipts, invoices and debt notes that were issued, by kind."],
  "revenue-forecast": [
    "Revenue of the next seven days",
    "Mean of the same weekday in the last four weeks.",
  ],
  "dynamic-pricing": [
    "What prices might do",
    "By zone: strictly above 90 % of the time occupied +20 %, strictly below 30 % −20 %; beside it San Francisco's bands. A person decides.",
  ],
  "staff-scheduling": [
    "People at the entries",
    "By hour of the day: entries an hour divided by what one lane handles in an hour, rounded up.",
  ],
  "capacity-planning": [
    "Is there enough room",
    "By day: the most vehicles inside at the end of a minute, of all spaces.",
  ],
  "entry-exit-pattern": [
    "When they come and go",
    "Entries and exits of an average day by the hour.",
  ],
  "entrance-design": [
    "Which entrance carries what",
    "By lane: vehicles that passed, mean time of a passage, and what the lane could take in an hour.",
  ],
  "demand-prediction": [
    "Entries of tomorrow by the hour",
    "Mean of the same hour on the same weekday in the last four weeks.",
  ],
  "bottleneck-detection": [
    "Where vehicles wait",
    "By lane, in its busiest hour: the share of the time it is busy, and how long a vehicle waits by Pollaczek and Khinchine (arrivals by chance, a service of one length).",
  ],
  "enforcement-alerts": ["What rules were broken", "Violations that were found, by type and day."],
  "security-monitoring": [
    "What guards should look at",
    "Alerts about gates that opened unexplained, were followed through or stood open, and openings by hand.",
  ],
  "layout-optimisation": [
    "Spaces that nobody likes",
    "The spaces with the least time occupied in each zone, against the zone's mean.",
  ],
  "revenue-per-space": [
    "What a space earns",
    "By zone: revenue shared out by the time occupied, for each space and day.",
  ],
} as const;

export type OutcomeName = keyof typeof outcomeWords;
