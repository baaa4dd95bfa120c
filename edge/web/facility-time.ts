import { computed, signal } from "@preact/signals";

/** Goes up once a real second, so that ages and the clock move. */
const tick = signal(0);
setInterval(() => (tick.value += 1), 1000);

const told = signal({ at: Date.now(), heardMs: performance.now(), rate: 1 });

/** Takes the daemon's own time in: the page's clock follows the facility, not the kiosk's machine. */
export function tellTime(at: number, rate = told.peek().rate): void {
  told.value = { at, heardMs: performance.now(), rate };
}

/** The facility's time in milliseconds since 1970, moving on between messages. */
export const facilityNow = computed(() => {
  void tick.value;
  const { at, heardMs, rate } = told.value;
  return at + (performance.now() - heardMs) * rate;
});

/** The facility's time of the last message. */
export const lastTold = computed(() => told.value.at);

/** Real milliseconds since a moment of `performance.now()`, moving on by itself. */
export const realAge = (sinceMs: number): number => {
  void tick.value;
  return Math.max(0, performance.now() - sinceMs);
};

/** How old something of the facility is, in its own time. */
export const ageOf = (iso: string): number => Math.max(0, facilityNow.value - Date.parse(iso));
