import { ChangeTold, type FacilityDetail, type Overview } from "@gatehouse/shared/contracts/office";
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { News } from "../../shared/web/news-banner.tsx";
import { retryWaitMs } from "../../shared/web/retry-wait.ts";
import type { Told } from "../../shared/web/ask.ts";
import { askFacility, askOverview, signOut } from "./api.ts";
import { address, closeupAddress, goTo } from "./frame/address.ts";

/** News come at most so often, however fast things change, and at least so often, however quiet it is. */
const shortestPauseMs = 1000;
const longestPauseMs = 5000;
/** Where the facilities are not what is looked at, so often is enough to see who is still signed in. */
const elsewherePauseMs = 15_000;
/** News older than this are shown as old. */
const staleAfterMs = 20_000;
/** Between tries to reach head office again, in milliseconds. */
export const retryWaits = { first: 1000, longest: 15_000 } as const;

/** Who is at this page. */
export const person = signal<"looking" | "nobody" | "without-role" | "signed-in">("looking");
/** Why nobody is signed in. */
export const farewell = signal<"new" | "signed-out" | "ended">("new");

export const overview = signal<Overview | undefined>(undefined);
export const search = signal("");

export type Closeup =
  | { readonly kind: "loading" }
  | { readonly kind: "here"; readonly detail: FacilityDetail }
  | { readonly kind: "refused" };
export const closeup = signal<Closeup>({ kind: "loading" });

/** Where there is one facility alone, a list of it says nothing. */
export const only = computed(() => {
  const told = overview.value;
  if (told === undefined || search.value !== "") return undefined;
  const { fault, attention, unknown, ok } = told.counts;
  return fault + attention + unknown + ok === 1 ? told.facilities[0]?.facility_id : undefined;
});

/** The facility that is looked at closely; the address names it, so it can be kept and sent. */
export const selectedId = computed(() =>
  address.value.kind === "facilities" ? (address.value.facilityId ?? only.value) : undefined,
);

const summaryOf = (facilityId: string) =>
  overview.value?.facilities.find(({ facility_id }) => facility_id === facilityId);

/** What people call a facility; its id where the list in sight does not hold it. */
export const facilityName = (facilityId: string): string =>
  summaryOf(facilityId)?.name || facilityId;

/** What a facility counts its money in; null where it is not known. */
export const currencyOf = (facilityId: string): string | null =>
  summaryOf(facilityId)?.currency ?? null;

/** The facilities at which something has just changed; an empty id says that any may have. */
export const changed = signal<readonly string[]>([]);

const lastNewsMs = signal<number | undefined>(undefined);
const failures = signal(0);
const misunderstood = signal(false);
const nextTryMs = signal<number | undefined>(undefined);
/** Goes up once a real second, so that ages move. */
export const tick = signal(0);
setInterval(() => (tick.value += 1), 1000);

/** How far what the page shows can be trusted. */
export const news = computed<News>(() => {
  if (misunderstood.value) return "broken";
  if (failures.value > 0) return "offline";
  if (lastNewsMs.value === undefined) return "loading";
  return silenceMs.value > staleAfterMs ? "stale" : "live";
});

/** Real milliseconds since the last news. */
export const silenceMs = computed(() => {
  void tick.value;
  return lastNewsMs.value === undefined ? 0 : performance.now() - lastNewsMs.value;
});

/** Real milliseconds until the next try; 0 while one is under way. */
export const untilNextTryMs = computed(() => {
  void tick.value;
  return Math.max(0, (nextTryMs.value ?? 0) - performance.now());
});

let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;
let again = false;
let askedAtMs = 0;
let live: EventSource | undefined;

export function begin(): void {
  void refresh();
}

let lookedAt = selectedId.peek();
effect(() => {
  const id = selectedId.value;
  if (id === lookedAt) return;
  lookedAt = id;
  untracked(() => {
    closeup.value = { kind: "loading" };
    if (person.value === "signed-in") void refresh();
  });
});

/** Somebody has just signed in. */
export function welcome(): void {
  person.value = "signed-in";
  void refresh();
}

export async function leave(): Promise<void> {
  const told = await signOut();
  if (told.kind === "ok" || told.kind === "refused") sayGoodbye("signed-out");
}

/** Looks at a facility closely, or at the list. */
export const look = (facilityId: string | undefined): void => goTo(closeupAddress(facilityId));

export function searchFor(text: string): void {
  search.value = text;
  plan(200);
}

export function tryNow(): void {
  void refresh();
}

/** Something is new: it is asked for soon. */
export const hurry = (): void => plan(shortestPauseMs - (performance.now() - askedAtMs));

function plan(waitMs: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), Math.max(0, waitMs));
}

/** Asks for everything that is shown; one question at a time. */
async function refresh(): Promise<void> {
  if (asking) {
    again = true;
    return;
  }
  clearTimeout(timer);
  asking = true;
  again = false;
  askedAtMs = performance.now();
  nextTryMs.value = undefined;
  const id = selectedId.value;
  const [told, close] = await Promise.all([
    askOverview(search.value),
    id === undefined ? undefined : askFacility(id),
  ]);
  asking = false;
  batch(() => take(told, close, id));
}

function take(
  told: Told<Overview>,
  close: Told<FacilityDetail> | undefined,
  id: string | undefined,
): void {
  if (told.kind === "refused" && told.problem.status === 401) {
    return sayGoodbye(person.value === "looking" ? "new" : "ended");
  }
  if (told.kind === "refused" && told.problem.type === "not-allowed") {
    person.value = "without-role";
    return;
  }
  if (told.kind === "unreachable" || told.kind === "refused" || close?.kind === "unreachable")
    return retryLater();
  failures.value = 0;
  misunderstood.value = told.kind === "broken" || close?.kind === "broken";
  lastNewsMs.value = performance.now();
  if (told.kind === "ok") overview.value = told.value;
  if (id === selectedId.value) takeCloseup(close);
  person.value = "signed-in";
  listen();
  plan(again || id !== selectedId.value ? 0 : isAtFacilities() ? longestPauseMs : elsewherePauseMs);
}

function takeCloseup(close: Told<FacilityDetail> | undefined): void {
  if (close?.kind === "ok") closeup.value = { kind: "here", detail: close.value };
  else if (close?.kind === "refused") closeup.value = { kind: "refused" };
}

function retryLater(): void {
  const waitMs = retryWaitMs(failures.value, retryWaits);
  failures.value += 1;
  nextTryMs.value = performance.now() + waitMs;
  plan(waitMs);
}

/** Head office tells when there is something new; what it is, is asked for. */
function listen(): void {
  if (live !== undefined && live.readyState !== EventSource.CLOSED) return;
  live = new EventSource("/api/live");
  live.addEventListener("change", (event: MessageEvent<string>) => {
    changed.value = facilityIdsIn(event.data);
    if (isAtFacilities()) hurry();
  });
  live.addEventListener("error", () => {
    if (failures.value === 0) hurry();
  });
}

/** Head office does not know any more who asks. */
export const loginEnded = (): void => sayGoodbye("ended");

function sayGoodbye(why: "new" | "signed-out" | "ended"): void {
  clearTimeout(timer);
  live?.close();
  live = undefined;
  batch(() => {
    person.value = "nobody";
    farewell.value = why;
    overview.value = undefined;
    closeup.value = { kind: "loading" };
    lastNewsMs.value = undefined;
    misunderstood.value = false;
    failures.value = 0;
  });
}

const isAtFacilities = (): boolean => address.peek().kind === "facilities";

/** What cannot be read may be about any facility. */
function facilityIdsIn(data: string): readonly string[] {
  const told = ChangeTold.safeParse(parsed(data));
  return told.success ? told.data.facility_ids : [""];
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

window.addEventListener("online", tryNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || person.value !== "signed-in") return;
  changed.value = [""];
  hurry();
});
