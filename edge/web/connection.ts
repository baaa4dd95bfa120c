import { KioskMessage, type Me } from "@gatehouse/shared/contracts/kiosk";
import { batch, computed, signal } from "@preact/signals";
import type { News } from "../../shared/web/news-banner.tsx";
import { retryWaitMs } from "../../shared/web/retry-wait.ts";
import { askMe, signOut } from "./api.ts";
import { realAge, tellTime } from "./facility-time.ts";
import { forget, take } from "./model.ts";

/** The daemon says at least every five seconds that it lives; after this long its news are old. */
const staleAfterMs = 12_000;
/** Between tries to reach it again, in milliseconds; a little different for each page. */
const retryWaits = { first: 500, longest: 8000 } as const;
/** What the daemon closes the socket with when the login has ended. */
const loginEndedCode = 4401;

export type Person =
  | { readonly kind: "looking" }
  | { readonly kind: "nobody"; readonly why: "new" | "signed-out" | "ended" }
  | { readonly kind: "signed-in"; readonly me: Me };

/** Who is at this page. */
export const person = signal<Person>({ kind: "looking" });

type Wire =
  | { readonly kind: "connecting" | "open" }
  /** `until`: when it is tried again, on `performance.now()`. */
  | { readonly kind: "waiting"; readonly until: number };

const wire = signal<Wire>({ kind: "connecting" });
const lastHeardMs = signal<number | undefined>(undefined);
const misunderstood = signal(false);

/** How far what the page shows can be trusted. */
export const news = computed<News>(() => {
  if (misunderstood.value) return "broken";
  const heard = lastHeardMs.value;
  if (wire.value.kind !== "open" && (heard !== undefined || failures.value > 0)) return "offline";
  if (heard === undefined) return "loading";
  return realAge(heard) > staleAfterMs ? "stale" : "live";
});

/** Real milliseconds since the daemon was last heard. */
export const silence = computed(() => realAge(lastHeardMs.value ?? performance.now()));

/** Real milliseconds until the daemon is tried again; 0 while a try is under way. */
export const untilNextTry = computed(() => {
  const now = wire.value;
  void silence.value;
  return now.kind === "waiting" ? Math.max(0, now.until - performance.now()) : 0;
});

const failures = signal(0);
let socket: WebSocket | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Finds out who is signed in, and begins. */
export async function begin(): Promise<void> {
  const me = await askMe();
  if (me.kind === "ok") welcome(me.value);
  else if (me.kind === "refused") person.value = { kind: "nobody", why: "new" };
  else retryLater(() => void begin());
}

export function welcome(me: Me): void {
  batch(() => {
    failures.value = 0;
    person.value = { kind: "signed-in", me };
  });
  connect();
}

export async function leave(): Promise<void> {
  const told = await signOut();
  if (told.kind === "ok" || told.kind === "refused") farewell("signed-out");
}

/** The daemon no longer knows this login. */
export function farewell(why: "signed-out" | "ended"): void {
  disconnect();
  batch(() => {
    forget();
    lastHeardMs.value = undefined;
    misunderstood.value = false;
    failures.value = 0;
    person.value = { kind: "nobody", why };
  });
}

/** Tries at once, without waiting for the next time. */
export function tryNow(): void {
  if (wire.value.kind !== "waiting") return;
  if (person.value.kind === "signed-in") connect();
  else void begin();
}

function connect(): void {
  disconnect();
  wire.value = { kind: "connecting" };
  const next = new WebSocket(new URL("/api/live", location.href.replace(/^http/, "ws")));
  socket = next;
  next.addEventListener("message", ({ data }) => hear(data));
  next.addEventListener("close", ({ code }) => {
    if (socket !== next) return;
    socket = undefined;
    if (code === loginEndedCode) farewell("ended");
    else retryLater(() => void reconnect());
  });
}

/** A refused socket does not say why, so it is asked first whether the login still counts. */
async function reconnect(): Promise<void> {
  wire.value = { kind: "connecting" };
  const me = await askMe();
  if (me.kind === "ok") connect();
  else if (me.kind === "refused" && me.problem.status === 401) farewell("ended");
  else retryLater(() => void reconnect());
}

function hear(data: unknown): void {
  const message = KioskMessage.safeParse(jsonOf(data));
  batch(() => {
    wire.value = { kind: "open" };
    lastHeardMs.value = performance.now();
    failures.value = 0;
    misunderstood.value = !message.success;
    if (!message.success) return;
    const { data: told } = message;
    tellTime(Date.parse(told.now), told.type === "state" ? told.rate : undefined);
    take(told);
  });
}

function retryLater(again: () => void): void {
  const wait = retryWaitMs(failures.value, retryWaits);
  clearTimeout(retry);
  retry = setTimeout(again, wait);
  batch(() => {
    failures.value += 1;
    wire.value = { kind: "waiting", until: performance.now() + wait };
  });
}

function disconnect(): void {
  clearTimeout(retry);
  const old = socket;
  socket = undefined;
  old?.close();
}

function jsonOf(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

window.addEventListener("online", tryNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") tryNow();
});
