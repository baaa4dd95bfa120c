import { type Duration, hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import { below, happens, oneOf } from "./chance.ts";
import type { Past } from "./past.ts";
import { nameOf } from "./people-plan.ts";

const anna = { kind: "attendant", id: "anna" } as const;
const hosts = ["Room 214", "Dr Weber", "Front office", "Kitchen"] as const;
const day = hours(24);

/** What people keep at the facility itself: visitors of the day, and vehicles that they do not let in for a while. */
export class FrontDesk {
  readonly #past: Past;

  constructor(past: Past) {
    this.#past = past;
  }

  /** A day begins. */
  tellDay(at: Instant): void {
    if (happens(this.#past.random, 0.25)) this.#announce(this.#inOfficeHours(at));
    if (happens(this.#past.random, 0.06)) this.#refuse(this.#inOfficeHours(at));
  }

  #inOfficeHours(at: Instant): Instant {
    return later(at, hours(8 + below(this.#past.random, 9)));
  }

  #announce(at: Instant): void {
    const { random, ledger, agenda } = this.#past;
    const from = later(at, hours(1));
    const after = {
      kind: happens(random, 0.7) ? ("visitor" as const) : ("contractor" as const),
      plate: `VS${1000 + below(random, 9000)}`,
      name: nameOf(random),
      host: oneOf(random, hosts),
      valid_from: isoOf(from),
      valid_until: isoOf(later(from, ((1 + below(random, 4)) * day) as Duration)),
      entries_max: null,
      ended: false,
    };
    const visitor = { visitor_id: random.id(), actor: anna };
    agenda.plan(at, (now) =>
      ledger.write(now, "visitor-changed", {
        ...visitor,
        reason: "announced by telephone",
        before: null,
        after,
      }),
    );
    if (happens(random, 0.2))
      agenda.plan(later(from, hours(5)), (now) =>
        ledger.write(now, "visitor-changed", {
          ...visitor,
          reason: "has left earlier",
          before: after,
          after: { ...after, ended: true },
        }),
      );
  }

  #refuse(at: Instant): void {
    const { random, ledger, agenda } = this.#past;
    const entry = { list: "deny", plate: `ZZ${1000 + below(random, 9000)}`, actor: anna } as const;
    const reason = "blocked the entry and shouted";
    const listed = { reason, valid_until: isoOf(later(at, (30 * day) as Duration)) };
    agenda.plan(at, (now) =>
      ledger.write(now, "list-entry-changed", { ...entry, reason, before: null, after: listed }),
    );
    if (happens(random, 0.4))
      agenda.plan(later(at, (3 * day) as Duration), (now) =>
        ledger.write(now, "list-entry-changed", {
          ...entry,
          reason: "has apologised",
          before: listed,
          after: null,
        }),
      );
  }
}
