import type { Me } from "@gatehouse/shared/contracts/kiosk";
import { useSignal } from "@preact/signals";
import { deviceWords } from "./device-words.ts";
import { DevicesTab } from "./devices-tab.tsx";
import { Tabs } from "./tabs.tsx";
import { WorkTab } from "./work-tab.tsx";

const tabs = ["devices", "work"] as const;
type Tab = (typeof tabs)[number];

/** Devices over all their days, and the work on them. Attendants see the work and report faults. */
export function DevicesSheet({ me }: { readonly me: Me }) {
  const maySee = me.role !== "attendant";
  const tab = useSignal<Tab>(maySee ? "devices" : "work");
  const choice = maySee ? (
    <Tabs label={deviceWords.title} tabs={tabs} tab={tab} texts={deviceWords.tabs} />
  ) : undefined;
  return tab.value === "devices" ? (
    <DevicesTab mayAct={me.role === "technician"} tabs={choice} />
  ) : (
    <WorkTab mayStep={maySee} tabs={choice} />
  );
}
