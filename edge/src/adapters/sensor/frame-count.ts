import { elapsed, type Instant, minutes } from "@gatehouse/shared/time";
import type { Uplink } from "./uplink.ts";

/** What tells frames apart. */
export type CountedFrame = Pick<Uplink, "fCnt" | "session" | "bytes" | "at" | "frameId">;

/** Frames remembered of each device. */
const remembered = 64;
/** The same frame comes again within minutes, or not at all: later its count is that of a new life. */
const againWithin = minutes(15);
/** A 16-bit counter that falls from near its end to near 0 has gone round. */
const round = 0x1_0000;
const nearTheEnd = round - 1024;
const nearZero = 64;
/** A counter that falls by less is a late frame, not a device that starts anew. */
const restartFall = 32;
/** Frames of one count with different bytes are told apart by these low bits of the sequence. */
const samesMost = 16;

/** What a frame is to those before it. Order within a boot is the sequence's. */
export interface FrameStanding {
  readonly boot: string;
  readonly sequence: number;
  /** When it came; of a frame that came again: when it came first. */
  readonly heardAt: Instant;
  /** It came after a later one. */
  readonly late: boolean;
  /** It came before; it stands where it stood then, so whoever keeps it keeps it once. */
  readonly again: boolean;
}

type Place = Omit<FrameStanding, "heardAt">;

/** Counts since the daemon started. */
export interface FrameCounts {
  /** Frames that the counter says were sent, and that never came. */
  lost: number;
  again: number;
  late: number;
  /** Times the counter began anew. */
  restarts: number;
  /** A count used twice for different bytes. */
  sameCount: number;
}

/**
 * Follows one device's frame counter: which frames came twice, late or never, and where a new life of the counter
 * begins. A boot is named by the frame that opened it, so that no two boots share a name over restarts of ours.
 */
export class FrameCount {
  readonly counts: FrameCounts = { lost: 0, again: 0, late: 0, restarts: 0, sameCount: 0 };
  readonly #heard = new Map<string, { readonly at: Instant; readonly standing: FrameStanding }>();
  #boot = "";
  #session: string | undefined;
  #last: number | undefined;
  /** Frames without a counter are numbered by us. */
  #ownCount = 0;
  #sames = 0;

  /** The device has joined again: the next frame opens a new boot. */
  joined(): void {
    this.#boot = "";
    this.#heard.clear();
  }

  take(uplink: CountedFrame, heardAt: Instant): FrameStanding {
    const keys = keysOf(uplink);
    const before = keys.map((key) => this.#heard.get(key)).find((found) => found !== undefined);
    if (before !== undefined && elapsed(before.at, heardAt) < againWithin) {
      this.counts.again += 1;
      return { ...before.standing, again: true };
    }
    const standing = { ...this.#place(uplink, heardAt), heardAt };
    this.#remember(keys, { at: heardAt, standing });
    return standing;
  }

  #place(uplink: CountedFrame, heardAt: Instant): Place {
    const { fCnt } = uplink;
    if (fCnt === undefined) return this.#uncounted(uplink, heardAt);
    if (this.#opensBoot(uplink, fCnt)) {
      this.#open(uplink, heardAt);
      return this.#next(fCnt, 0);
    }
    const last = this.#last ?? fCnt - 1;
    if (fCnt > last) return this.#next(fCnt, fCnt - last - 1);
    if (fCnt === last) {
      this.counts.sameCount += 1;
      this.#sames = Math.min(this.#sames + 1, samesMost - 1);
      return this.#standing(fCnt, this.#sames, false);
    }
    this.counts.late += 1;
    return this.#standing(fCnt, 0, true);
  }

  #opensBoot({ session }: CountedFrame, fCnt: number): boolean {
    if (this.#boot === "" || this.#last === undefined) return true;
    const hasRejoined =
      session !== undefined && this.#session !== undefined && session !== this.#session;
    const hasRestarted = fCnt < nearZero && this.#last - fCnt >= restartFall;
    return hasRejoined || hasRestarted;
  }

  #open({ session, fCnt, at }: CountedFrame, heardAt: Instant): void {
    if (this.#last !== undefined) {
      const hasGoneRound = this.#last >= nearTheEnd && this.#last < round && (fCnt ?? 0) < nearZero;
      if (hasGoneRound) this.counts.lost += round - 1 - this.#last + (fCnt ?? 0);
      else this.counts.restarts += 1;
    }
    this.#session = session;
    this.#boot = `${session ?? "session"}@${at ?? heardAt}`;
  }

  #uncounted(uplink: CountedFrame, heardAt: Instant): Place {
    if (this.#boot === "") this.#open(uplink, heardAt);
    this.#ownCount += 1;
    return this.#standing(this.#ownCount, 0, false);
  }

  #next(fCnt: number, lost: number): Place {
    this.#last = fCnt;
    this.#sames = 0;
    this.counts.lost += lost;
    return this.#standing(fCnt, 0, false);
  }

  #standing(fCnt: number, same: number, late: boolean): Place {
    return { boot: this.#boot, sequence: fCnt * samesMost + same, late, again: false };
  }

  #remember(
    keys: readonly string[],
    heard: { readonly at: Instant; readonly standing: FrameStanding },
  ): void {
    for (const key of keys) {
      this.#heard.delete(key);
      this.#heard.set(key, heard);
    }
    while (this.#heard.size > remembered * 2) {
      const [oldest = ""] = this.#heard.keys();
      this.#heard.delete(oldest);
    }
  }
}

/** What makes two deliveries the same frame: the server's name of it, or its session, count and bytes. */
function keysOf({ frameId, session, fCnt, bytes, at }: CountedFrame): string[] {
  if (fCnt === undefined && at === undefined) return frameId === undefined ? [] : [frameId];
  // Without a counter nothing but the moment tells two frames of the same bytes apart.
  const mark = fCnt === undefined ? `at ${at}` : `${session}|${fCnt}`;
  const key = `${mark}|${bytes.toString("base64")}`;
  return frameId === undefined ? [key] : [key, frameId];
}
