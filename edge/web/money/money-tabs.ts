export const moneyTabs = ["stays", "payments", "refunds", "debts"] as const;
export type MoneyTab = (typeof moneyTabs)[number];
