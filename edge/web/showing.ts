import type { LaneMode } from "@gatehouse/shared/contracts/lanes";
import { signal } from "@preact/signals";
import type { MoneyTab } from "./money/money-tabs.ts";
import type { Owing } from "./money/owing.ts";

/** What lies over the page, besides the sheets of opening, counting and the ledger; one at a time. */
export type Shown =
  | { readonly kind: "orders"; readonly laneId: string }
  | { readonly kind: "asked"; readonly laneId: string }
  | { readonly kind: "space"; readonly spaceId: string }
  | { readonly kind: "mode"; readonly mode: LaneMode }
  | { readonly kind: "reviews" }
  | { readonly kind: "rights" }
  | { readonly kind: "devices" }
  | { readonly kind: "pay"; readonly owing: Owing }
  | { readonly kind: "money"; readonly tab: MoneyTab }
  | { readonly kind: "shift" };

export const shown = signal<Shown | undefined>(undefined);

export const hideShown = (): void => void (shown.value = undefined);
