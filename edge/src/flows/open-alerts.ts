import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import { type Alert, listOpenAlerts } from "../store/alerts.ts";
import type { Reader, Tx } from "../store/book.ts";
import { clearAlert, type NewAlert, raiseAlert } from "./alerts.ts";

/**
 * The open alerts at one moment, and what a look at devices makes of them. Nothing is written before `write`, and
 * nothing at all when all is as it was: most looks find no news, and lanes need the book.
 */
export class OpenAlerts {
  readonly all: readonly Alert[];
  readonly #subjects = new Map<string, Set<string>>();
  readonly #news: ((tx: Tx, random: Random, now: Instant) => void)[] = [];

  constructor(reader: Reader) {
    this.all = listOpenAlerts(reader);
    for (const { alertType, subject } of this.all) {
      const subjects = this.#subjects.get(alertType) ?? new Set<string>();
      this.#subjects.set(alertType, subjects.add(subject));
    }
  }

  get hasNews(): boolean {
    return this.#news.length > 0;
  }

  subjectsOf(type: string): ReadonlySet<string> {
    return this.#subjects.get(type) ?? new Set();
  }

  isOpen(type: string, subject: string): boolean {
    return this.subjectsOf(type).has(subject);
  }

  /** Raised unless it is open. */
  raise(alert: NewAlert): void {
    if (this.isOpen(alert.type, alert.subject)) return;
    this.#news.push((tx, random, now) => raiseAlert(tx, random, now, alert));
  }

  /** Ended if it is open. */
  clear(type: string, subject: string): void {
    if (!this.isOpen(type, subject)) return;
    this.#news.push((tx, _random, now) => clearAlert(tx, now, type, subject));
  }

  /** Written together with the news. */
  also(write: (tx: Tx) => void): void {
    this.#news.push(write);
  }

  write(tx: Tx, random: Random, now: Instant): void {
    for (const each of this.#news) each(tx, random, now);
  }
}
