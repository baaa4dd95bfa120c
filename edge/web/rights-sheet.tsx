import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { ListsTab } from "./lists-tab.tsx";
import { PermitsTab } from "./permits-tab.tsx";
import { rightsWords } from "./rights-words.ts";
import { Tabs } from "./tabs.tsx";
import { VisitorsTab } from "./visitors-tab.tsx";

const tabs = ["visitors", "lists", "permits"] as const;
export type Tab = (typeof tabs)[number];

/** Who may come in besides everybody: visitors, lists, permits. Each tab is a sheet with its own act. */
export function RightsSheet({ me }: { readonly me: Me }) {
  const tab = useSignal<Tab>("visitors");
  const mayChange = me.role !== "attendant";
  const choice = <Tabs label={rightsWords.title} tabs={tabs} tab={tab} texts={rightsWords.tabs} />;
  switch (tab.value) {
    case "visitors":
      return <VisitorsTab tabs={choice} />;
    case "lists":
      return <ListsTab mayChange={mayChange} tabs={choice} />;
    case "permits":
      return <PermitsTab mayReset={mayChange} tabs={choice} />;
  }
}
