import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { type Signal, useSignal } from "@preact/signals";
import { ListsTab } from "./lists-tab.tsx";
import { PermitsTab } from "./permits-tab.tsx";
import { rightsWords } from "./rights-words.ts";
import { VisitorsTab } from "./visitors-tab.tsx";

const tabs = ["visitors", "lists", "permits"] as const;
export type Tab = (typeof tabs)[number];

/** Who may come in besides everybody: visitors, lists, permits. Each tab is a sheet with its own act. */
export function RightsSheet({ me }: { readonly me: Me }) {
  const tab = useSignal<Tab>("visitors");
  const mayChange = me.role !== "attendant";
  switch (tab.value) {
    case "visitors":
      return <VisitorsTab tabs={<Tabs tab={tab} />} />;
    case "lists":
      return <ListsTab mayChange={mayChange} tabs={<Tabs tab={tab} />} />;
    case "permits":
      return <PermitsTab mayReset={mayChange} tabs={<Tabs tab={tab} />} />;
  }
}

function Tabs({ tab }: { readonly tab: Signal<Tab> }) {
  return (
    <fieldset class="tabs" aria-label={rightsWords.title}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={tab.value === each}
          onClick={() => (tab.value = each)}
        >
          {rightsWords.tabs[each]}
        </button>
      ))}
    </fieldset>
  );
}
