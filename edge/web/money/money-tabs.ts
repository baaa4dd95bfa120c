export const moneyTabs = [
  "stays",
  "payments",
  "refunds",
  "debts",
  "violations",
  "accounts",
] as const;
export type MoneyTab = (typeof moneyTabs)[number];
