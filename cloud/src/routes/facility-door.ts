import type { Clock } from "@gatehouse/shared/ports/clock";
import { hours, seconds } from "@gatehouse/shared/time";
import { isOneOf, sha256 } from "../domain/secret.ts";
import type { Database } from "../store/database.ts";
import { noteUse } from "../store/enrolment.ts";
import { liveTokens } from "../store/facilities.ts";

/** A revoked token works at most so long. */
const rememberedFor = seconds(20);
/** That a token is in use is written so often. */
const useNotedEvery = hours(1);
/** Facilities remembered at once; the one asked for longest ago is forgotten first. */
const rememberedMax = 5_000;

interface Remembered {
  readonly hashes: readonly string[];
  /** On the clock's monotonic time. */
  readonly until: number;
}

/** Who may speak for a facility: the bearer of one of its tokens. */
export class FacilityDoor {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #remembered = new Map<string, Remembered>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Whether the token opens that facility. What is not remembered is asked of the database. */
  async opens(facilityId: string, token: string): Promise<boolean> {
    const now = this.#clock.monotonic();
    const known = this.#remembered.get(facilityId);
    if (known !== undefined && known.until > now && isOneOf(token, known.hashes)) return true;
    const tokens = await liveTokens(this.#database, facilityId);
    const live = tokens.map((each) => each.hash);
    if (!isOneOf(token, live)) return false;
    const hash = sha256(token);
    const used = tokens.find((each) => each.hash === hash);
    const isFirst = used?.firstUsedAt === null;
    const at = this.#clock.now();
    if (at - (used?.lastUsedAt?.getTime() ?? 0) >= useNotedEvery)
      await noteUse(this.#database, facilityId, hash, at);
    this.#remembered.delete(facilityId);
    // The first use of a token ends the older ones, so one that was never used is not remembered.
    const inUse = tokens.filter(({ firstUsedAt }) => firstUsedAt !== null);
    const open = isFirst ? [hash] : inUse.map((each) => each.hash);
    this.#remembered.set(facilityId, { hashes: open, until: now + rememberedFor });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > rememberedMax && oldest !== undefined)
      this.#remembered.delete(oldest);
    return true;
  }
}

/** The token of an `Authorization: Bearer …` header. */
export const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,500}) *$/i.exec(header ?? "")?.[1];
