import { SignView } from "@gatehouse/shared/contracts/sign-config";
import { computed, signal } from "@preact/signals";
import { retryWaitMs } from "../../../shared/web/retry-wait.ts";

/** The daemon repeats itself every five seconds; after this long what is shown is old, and later it is no longer true. */
const oldAfterMs = 12_000;
const wrongAfterMs = 60_000;
/** Between tries to reach it again, in milliseconds; a little different for each screen. */
const retryWaits = { first: 500, longest: 8000 } as const;

const signId = location.pathname.split("/").at(-1) ?? "";
const heardAt = signal<number | undefined>(undefined);
const now = signal(performance.now());

/** What the display shows; undefined before the first news. */
export const view = signal<SignView | undefined>(undefined);
/** The daemon knows no such display. */
export const isMissing = signal(false);

/** Whole seconds since the last news. */
export const silence = computed(() =>
  heardAt.value === undefined ? 0 : Math.floor((now.value - heardAt.value) / 1000),
);
export const age = computed<"live" | "old" | "wrong">(() => {
  const ms = heardAt.value === undefined ? 0 : now.value - heardAt.value;
  if (ms > wrongAfterMs) return "wrong";
  return ms > oldAfterMs ? "old" : "live";
});

let failures = 0;

/** Listens for as long as the page is open. */
export function listen(): void {
  setInterval(() => (now.value = performance.now()), 1000);
  connect();
}

function connect(): void {
  const address = new URL(`/api/signs/${signId}/live`, location.href.replace(/^http/, "ws"));
  const socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => hear(data));
  socket.addEventListener("close", () => void retryLater());
}

function hear(data: unknown): void {
  const told = SignView.safeParse(typeof data === "string" ? JSON.parse(data) : undefined);
  if (!told.success) return;
  failures = 0;
  view.value = told.data;
  isMissing.value = false;
  now.value = performance.now();
  heardAt.value = now.value;
}

/** A refused socket does not say why, so it is asked whether there is such a display at all. */
async function retryLater(): Promise<void> {
  failures += 1;
  setTimeout(connect, retryWaitMs(failures, retryWaits));
  try {
    isMissing.value = (await fetch(`/api/signs/${signId}`)).status === 404;
  } catch {
    // The daemon is away: what is shown grows old, which the page says by itself.
  }
}
