import { HttpCloudLink } from "@gatehouse/edge/adapters/cloud/http-cloud-link";
import { Counters } from "@gatehouse/edge/flows/counters";
import { SyncFlow } from "@gatehouse/edge/flows/sync";
import { Book } from "@gatehouse/edge/store/book";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { seconds } from "@gatehouse/shared/time";
import { type TestOffice, tokenOf } from "./head-office.ts";
import { silentLog } from "./silent-log.ts";

const facility = { name: "North", timezone: "Europe/Berlin", currency: "EUR", locale: "de" };

/** An edge's own book and its own way to head office, on the office's clock. */
export class EdgeAtWork {
  readonly book: Book;
  readonly #office: TestOffice;
  readonly #sync: SyncFlow;
  /** Its line to head office; cut, it works on. */
  isCut = false;

  /** @param file its book; what was in it goes on */
  constructor(office: TestOffice, file: string, version = "0.1.0") {
    this.#office = office;
    this.book = new Book(file);
    const { clock } = office;
    const link = new HttpCloudLink({
      url: "http://office.example",
      facilityId: "north",
      token: tokenOf("north"),
      fetch: (url, request) => {
        if (this.isCut) throw new TypeError("no internet");
        return clock.whileStill(() => office.request(url, request));
      },
    });
    this.#sync = new SyncFlow({
      book: this.book,
      clock,
      random: new SeededRandom(5),
      log: silentLog,
      counters: new Counters(),
      link,
      sender: { facilityId: "north", facility, version },
      every: seconds(5),
      changed: () => {},
    });
  }

  get status(): ReturnType<SyncFlow["status"]> {
    return this.#sync.status();
  }

  start(): Promise<void> {
    return this.#sync.start();
  }

  /** Facts of its own, each with its session. */
  write(...sessions: readonly string[]): void {
    this.book.write((tx) => {
      for (const session_id of sessions)
        tx.append(this.#office.clock.now(), {
          type: "session-flagged",
          body: { session_id, flag: "overstay" },
        });
    });
  }

  async stop(): Promise<void> {
    await this.#sync.stop();
    this.book.close();
  }
}
