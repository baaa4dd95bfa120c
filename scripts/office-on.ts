import { OfficeKey, officeKeyBytes } from "../cloud/src/domain/people/office-key.ts";
import { Headquarters } from "../cloud/src/headquarters.ts";
import type { Database } from "../cloud/src/store/database.ts";
import { SystemRandom } from "../edge/src/adapters/system-random.ts";
import { PacedClock } from "../shared/src/paced-clock.ts";

/** Head office in this process, without a network: its routes on a database that is populated already. */
export const officeOn = (database: Database, officeToken: string): Headquarters =>
  new Headquarters({
    database,
    clock: new PacedClock(),
    random: new SystemRandom(),
    log: { info: () => {}, warn: () => {}, error: console.error },
    tokens: { office: officeToken, officeStays: true, facilities: [] },
    key: new OfficeKey(new Uint8Array(officeKeyBytes)),
  });
