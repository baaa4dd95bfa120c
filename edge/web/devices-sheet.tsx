import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { type Signal, useSignal } from "@preact/signals";
import { deviceWords } from "./device-words.ts";
import { DevicesTab } from "./devices-tab.tsx";
import { WorkTab } from "./work-tab.tsx";

const tabs = ["devices", "work"] as const;
type Tab = (typeof tabs)[number];

/** Devices over all their days, and the work on them. Attendants see the work and report faults. */
export function DevicesSheet({ me }: { readonly me: Me }) {
  const maySee = me.role !== "attendant";
  const tab = useSignal<Tab>(maySee ? "devices" : "work");
  const choice = maySee ? <Tabs tab={tab} /> : undefined;
  return tab.value === "devices" ? (
    <DevicesTab mayAct={me.role === "technician"} tabs={choice} />
  ) : (
    <WorkTab mayStep={maySee} tabs={choice} />
  );
}

function Tabs({ tab }: { readonly tab: Signal<Tab> }) {
  return (
    <fieldset class="tabs" aria-label={deviceWords.title}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={tab.value === each}
          onClick={() => (tab.value = each)}
        >
          {deviceWords.tabs[each]}
        </button>
      ))}
    </fieldset>
  );
}
