import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Tabs } from "../tabs.tsx";
import { AccountsTab } from "./accounts-tab.tsx";
import { DebtsTab } from "./debts-tab.tsx";
import { type MoneyTab, moneyTabs } from "./money-tabs.ts";
import { PaymentsTab } from "./payments-tab.tsx";
import { paymentsWords } from "./payments-words.ts";
import { RefundsTab } from "./refunds-tab.tsx";
import { StaysTab } from "./stays-tab.tsx";
import { lookAtTills } from "./tills.ts";
import { ViolationsTab } from "./violations-tab.tsx";

/** Money at the desk that no lane asks for: vehicles by their plate, payments, refunds, debts. */
export function MoneySheet({ me, first }: { readonly me: Me; readonly first: MoneyTab }) {
  const takesMoney = me.role !== "technician";
  const shownTabs = takesMoney ? moneyTabs : moneyTabs.slice(1);
  const tab = useSignal<MoneyTab>(takesMoney ? first : "payments");
  useEffect(() => {
    if (takesMoney) void lookAtTills();
  }, []);
  const tabs = (
    <Tabs label={paymentsWords.title} tabs={shownTabs} tab={tab} texts={paymentsWords.tabs} />
  );
  switch (tab.value) {
    case "stays":
      return <StaysTab tabs={tabs} />;
    case "payments":
      return <PaymentsTab me={me} tabs={tabs} />;
    case "refunds":
      return <RefundsTab me={me} tabs={tabs} />;
    case "debts":
      return <DebtsTab me={me} tabs={tabs} />;
    case "accounts":
      return <AccountsTab me={me} tabs={tabs} />;
    case "violations":
      return <ViolationsTab me={me} tabs={tabs} />;
  }
}
