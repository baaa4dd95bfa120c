export const moneyTabs = ["stays", "payments", "refunds", "debts", "violations"] as const;
export type MoneyTab = (typeof moneyTabs)[number];
