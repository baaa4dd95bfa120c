import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { TargetMade } from "@gatehouse/shared/contracts/notify";
import { Headquarters } from "../src/headquarters.ts";
import { PostOffice, type PostOfficePorts } from "../src/outgoing/post-office.ts";
import type { Database } from "../src/store/database.ts";
import { noon } from "./edge-ledger.ts";
import { officeKey, officeToken, TestOffice } from "./head-office.ts";
import { requestId } from "./office-people.ts";
import { silentLog } from "./silent-log.ts";

/** Head office with a real way out; inner addresses count, for its receivers stand on this machine. */
export class ToldOffice extends TestOffice {
  constructor(
    database: Database,
    {
      clock = new VirtualClock(noon),
      ...more
    }: Partial<PostOfficePorts & { clock: VirtualClock }> = {},
  ) {
    const post = new PostOffice({ clock, allowsInner: true, mailServer: undefined, ...more });
    const headquarters = new Headquarters({
      database,
      clock,
      random: new SeededRandom(1),
      log: silentLog,
      tokens: TestOffice.tokens(["north", "south"]),
      key: officeKey,
      post,
    });
    super(database, ["north", "south"], { clock, headquarters });
  }

  /** One round of messages. */
  round(): Promise<number | undefined> {
    return this.headquarters.outbox.once();
  }

  /** A change at head office, by its first token. */
  async change<T>(path: string, body: object, method = "POST"): Promise<T> {
    const response = await this.request(`/api/notify/main/${path}`, {
      method,
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      ...(method === "POST" ? { body: JSON.stringify({ request_id: requestId(), ...body }) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** A webhook that hears of events. */
  webhook(url: string, events: readonly string[], more: object = {}): Promise<TargetMade> {
    return this.change<TargetMade>("targets", {
      kind: "webhook",
      name: "Their server",
      settings: { url },
      events,
      ...more,
    });
  }
}
