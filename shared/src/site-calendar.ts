/** How a facility counts its days. */
export interface SiteCalendar {
  /** IANA. */
  readonly timezone: string;
  /** Public holidays, ISO dates. */
  readonly holidays: readonly string[];
}
