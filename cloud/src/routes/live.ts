import type { Clock } from "@gatehouse/shared/ports/clock";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { reachesOf } from "../domain/people/rights.ts";
import type { Database } from "../store/database.ts";
import { visibleFacilityIds } from "../store/people/visible-facilities.ts";
import type { OfficeDoor, OfficeEnv } from "./office-door.ts";
import { problems } from "./problems.ts";

/** Live pages of one process at once. */
const viewersMax = 200;
/** A page that hears nothing for so long cannot tell silence from a dead line. */
const heartbeat = seconds(15);
/** Between two events to one page. */
const gap = milliseconds(500);

/** Tells which facilities changed; undefined says that any may have. */
export type OnChange = (listener: (facilityId: string | undefined) => void) => () => void;

export interface LivePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly onChange: OnChange;
  readonly door: OfficeDoor;
}

/**
 * `GET /api/live`: server-sent events. `change` says that something is new, `beat` that the line lives; the page then
 * asks for what it shows. Changes that come faster than a page reads become one. Every so often it is looked up
 * whether the viewer may still see what is told; else the line ends.
 */
export function liveRoutes({ database, clock, onChange, door }: LivePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  let viewers = 0;
  app.get("/api/live", door.asks("see-facilities"), (c) => {
    if (viewers >= viewersMax) return refuse(problems.tooManyViewers);
    viewers += 1;
    return streamSSE(c, async (stream) => {
      const news = new News(clock);
      let visible: ReadonlySet<string> | undefined = new Set();
      const unsubscribe = onChange((facilityId) => {
        if (facilityId === undefined || visible?.has(facilityId) !== false) news.add(facilityId);
      });
      stream.onAbort(() => news.end());
      /** @returns when the viewer was looked up, or undefined when they may see nothing any more */
      const look = async (): Promise<number | undefined> => {
        const person = await door.again(c.var.person);
        const reaches = person === undefined ? [] : reachesOf(person, "see-facilities");
        visible = await visibleFacilityIds(database, reaches);
        return reaches.length === 0 ? undefined : clock.monotonic();
      };
      try {
        let lookedAt = await look();
        await stream.writeSSE({ event: "beat", data: "" });
        for (let next = await news.next(); next !== undefined; next = await news.next()) {
          if (lookedAt === undefined || clock.monotonic() - lookedAt >= heartbeat)
            lookedAt = await look();
          if (lookedAt === undefined) return;
          await stream.writeSSE(next);
          await clock.sleep(gap);
        }
      } finally {
        unsubscribe();
        viewers -= 1;
      }
    });
  });
  return app;
}

/** What one viewer has not been told yet: at most one line for each facility. */
class News {
  readonly #clock: Clock;
  readonly #changed = new Set<string>();
  #isOver = false;
  #wake: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(facilityId: string | undefined): void {
    this.#changed.add(facilityId ?? "");
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** @returns the next event, after at most a heartbeat; undefined when the viewer has gone */
  async next(): Promise<{ event: string; data: string } | undefined> {
    if (this.#changed.size === 0 && !this.#isOver) await this.#wait();
    if (this.#isOver) return undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length === 0) return { event: "beat", data: "" };
    return { event: "change", data: JSON.stringify({ facility_ids: changed }) };
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(heartbeat, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
