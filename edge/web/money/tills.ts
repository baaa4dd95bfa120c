import type { ShiftView, TillsData } from "@gatehouse/shared/contracts/shifts";
import { computed, signal } from "@preact/signals";
import { person } from "../connection.ts";
import { askTills } from "./shift-api.ts";

export type Till = TillsData["tills"][number];

/** How often it is asked who has which drawer; people at other desks change it too. */
const askEveryMs = 20_000;

/** Every drawer; undefined until somebody told. */
export const tills = signal<readonly Till[] | undefined>(undefined);

/** The drawer of who is here, with its shift that is not closed. */
export const ownTill = computed((): (Till & { readonly shift: ShiftView }) | undefined => {
  const now = person.value;
  if (now.kind !== "signed-in") return undefined;
  for (const till of tills.value ?? []) {
    const { shift } = till;
    if (shift !== null && shift.operator === now.me.operator) return { ...till, shift };
  }
  return undefined;
});

/** The id of the drawer into which who is here may take cash now. */
export const openTill = computed((): Till | undefined =>
  ownTill.value?.shift.state === "open" ? ownTill.value : undefined,
);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks now, and again and again until `stopAskingTills`. */
export async function keepAskingTills(): Promise<void> {
  clearTimeout(timer);
  await lookAtTills();
  clearTimeout(timer);
  timer = setTimeout(() => void keepAskingTills(), askEveryMs);
}

export function stopAskingTills(): void {
  clearTimeout(timer);
  tills.value = undefined;
}

export async function lookAtTills(): Promise<void> {
  const told = await askTills();
  if (told.kind === "ok") tills.value = told.value.tills;
}
