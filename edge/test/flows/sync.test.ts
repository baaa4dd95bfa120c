import { CloudLinkSim } from "@gatehouse/firmware-sim/devices/cloud-link-sim";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import {
  type Ack,
  type Batch,
  batchLineLimit,
  batchLinesMax,
} from "@gatehouse/shared/contracts/batch";
import { Fault } from "@gatehouse/shared/fault";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { Counters } from "../../src/flows/counters.ts";
import { SyncFlow } from "../../src/flows/sync.ts";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { readCursors } from "../../src/store/outbox.ts";
import { listNotices } from "../../src/store/rights.ts";
import { saveSpace } from "../../src/store/spaces.ts";
import { morning } from "./car-park.ts";
import { MemoryOffice } from "./memory-office.ts";

const sender = {
  facilityId: "small",
  facility: { name: "Small", timezone: "Europe/Berlin", currency: "EUR", locale: "de" },
  version: "0.1.0",
};

/** Answers in the order in which it was asked, and a while later. */
class OrderlyOffice extends MemoryOffice {
  mostAtOnce = 0;
  /** Undefined: an older one, which takes 500 lines and refuses more. */
  linesMax: number | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #count = 0;

  override send(batch: Batch): Promise<Ack> {
    this.#count += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#count);
    const answered = this.#underWay.then(() => this.#take(batch));
    const settled = (): void => {};
    this.#underWay = answered.then(settled, settled);
    return answered;
  }

  async #take(batch: Batch): Promise<Ack> {
    try {
      if (batch.lines.length > (this.linesMax ?? batchLineLimit))
        throw new Fault("cloud-refused", "lines: too many");
      const ack = await super.send(batch);
      return this.linesMax === undefined ? ack : { ...ack, lines_max: this.linesMax };
    } finally {
      this.#count -= 1;
    }
  }
}

/** One edge's book and its line to head office. */
class Line {
  readonly clock = new VirtualClock(morning);
  readonly random = new SeededRandom(3);
  readonly book = new Book(":memory:");
  readonly counters = new Counters();
  readonly office = new MemoryOffice();
  readonly line: CloudLinkSim;
  readonly log: string[] = [];
  readonly sync: SyncFlow;
  changes = 0;

  constructor(link?: CloudLink | "none") {
    const { clock, random, office } = this;
    this.line = new CloudLinkSim({ clock, random: random.fork("line"), office });
    const log = (event: string): void => void this.log.push(event);
    this.sync = new SyncFlow({
      book: this.book,
      clock,
      random,
      log: { info: log, warn: log, error: log },
      counters: this.counters,
      link: link === "none" ? undefined : (link ?? this.line),
      sender,
      every: seconds(5),
      changed: () => void this.changes++,
    });
  }

  static async open(link?: CloudLink | "none"): Promise<Line> {
    const line = new Line(link);
    await line.sync.start();
    return line;
  }

  write(lines: number): void {
    this.book.write((tx) => {
      for (let line = 0; line < lines; line++)
        tx.append(this.clock.now(), {
          type: "session-flagged",
          body: { session_id: "s", flag: `line ${line}` },
        });
    });
  }

  async pass(forSeconds: number): Promise<void> {
    await this.clock.advance(seconds(forSeconds));
  }

  /** Head office holds exactly the edge's ledger. */
  get agrees(): boolean {
    const mine = linesAfter(this.book, this.book.epoch, 0, 1_000_000);
    const theirs = this.office.lines;
    return (
      mine.length === theirs.length && mine.every(({ hash }, index) => hash === theirs[index]?.hash)
    );
  }

  count(name: string): number {
    return this.counters
      .all()
      .filter((metric) => metric.name === name)
      .reduce((sum, { value }) => sum + value, 0);
  }
}

describe("the ledger on its way up", () => {
  test("arrives, is acknowledged, and the chain holds at head office", async () => {
    const line = await Line.open();
    expect(line.sync.status()).toMatchObject({ state: "waiting", lastAckAt: undefined });
    line.write(30);
    await line.pass(10);
    expect(line.agrees).toBe(true);
    expect(line.sync.status()).toMatchObject({
      state: "connected",
      queued: 0,
      acknowledged: 30,
      written: 30,
    });
    let hash = genesisHash;
    for (const { text } of line.office.lines) hash = chainHash(hash, text);
    expect(hash).toBe(line.office.held.lastHash);
  });

  test("goes up fast when much is waiting: batch after batch, two of them under way at a time", async () => {
    const office = new OrderlyOffice();
    const line = await Line.open(office);
    line.write(40 * batchLineLimit + 7);
    await line.pass(30);
    expect(line.sync.status()).toMatchObject({ queued: 0, state: "connected" });
    expect(office.batches.map(({ lines }) => lines.length).slice(0, 41)).toEqual([
      ...Array.from({ length: 40 }, () => batchLineLimit),
      7,
    ]);
    expect(office.batches.every(({ lines }) => lines.length <= batchLineLimit)).toBe(true);
    expect(office.mostAtOnce).toBe(2);
    expect(line.count("sync_overtaken_total")).toBe(0);
  });

  test("goes up in batches as large as head office says, once it has said so", async () => {
    const office = new OrderlyOffice();
    office.linesMax = 1_200;
    const line = await Line.open(office);
    line.write(10_000);
    await line.pass(20);
    expect(line.sync.status().queued).toBe(0);
    const lengths = office.batches.map(({ lines }) => lines.length).filter((length) => length > 0);
    expect(lengths).toEqual([
      batchLineLimit,
      1_200,
      1_200,
      1_200,
      1_200,
      1_200,
      1_200,
      1_200,
      1_100,
    ]);
  });

  test("goes up to an older head office that takes the place of a newer one", async () => {
    const office = new OrderlyOffice();
    office.linesMax = batchLinesMax;
    const line = await Line.open(office);
    line.write(10);
    await line.pass(10);
    office.linesMax = undefined;
    line.write(5_000);
    await line.pass(60);
    expect(line.sync.status()).toMatchObject({ queued: 0, state: "connected" });
    expect(line.count("sync_failures_total")).toBe(1);
  });

  test("whose batches overtake each other goes up one by one until all is there", async () => {
    const line = await Line.open();
    line.write(60 * batchLineLimit + 7);
    await line.pass(60);
    expect(line.agrees).toBe(true);
    expect(line.count("sync_overtaken_total")).toBe(1);
    expect(line.count("sync_not_taken_total")).toBe(0);
    const withLines = line.office.batches.filter(({ lines }) => lines.length > 0).length;
    expect(withLines, "few were sent in vain").toBeLessThanOrEqual(61 + 4);
  });

  test("is not repeated when nothing is new, and head office hears from us once a minute", async () => {
    const line = await Line.open();
    await line.pass(600);
    const { length } = line.office.batches;
    expect(length).toBeGreaterThanOrEqual(8);
    expect(length).toBeLessThanOrEqual(11);
    expect(line.office.batches.every(({ lines }) => lines.length === 0)).toBe(true);
  });

  test("says that we live even after the wall clock was set back", async () => {
    const line = await Line.open();
    await line.pass(10);
    line.clock.stepWall(-3_600_000);
    const before = line.office.batches.length;
    await line.pass(200);
    expect(line.office.batches.length).toBeGreaterThan(before);
  });

  test("is not sent by a facility without a head office", async () => {
    const line = await Line.open("none");
    line.write(3);
    await line.pass(600);
    expect(line.sync.status()).toMatchObject({ state: "none", queued: 3 });
  });

  test("calls at its own moments, spread around the pace that was set", async () => {
    const line = await Line.open();
    const moments: number[] = [];
    for (let second = 0; second < 300; second++) {
      const before = line.office.batches.length;
      line.write(1);
      await line.pass(1);
      if (line.office.batches.length > before) moments.push(second);
    }
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(9);
    expect(new Set(gaps).size).toBeGreaterThan(2);
  });
});

describe("a line that loses things", () => {
  test.each(["requestLost", "answerLost", "repeated", "late"] as const)(
    "%s: everything arrives once and in order all the same",
    async (fault) => {
      const line = await Line.open();
      line.line.setFaults({ [fault]: 0.4 });
      line.write(20 * batchLineLimit);
      for (let round = 0; round < 60; round++) {
        line.write(7);
        await line.pass(20);
      }
      line.line.setFaults({});
      await line.pass(900);
      expect(line.agrees).toBe(true);
      expect(line.sync.status()).toMatchObject({ state: "connected", queued: 0 });
    },
  );

  test("while the internet is cut the queue grows, and what was cut is carried up afterwards", async () => {
    const line = await Line.open();
    line.write(5);
    await line.pass(10);
    line.line.setCut(true);
    for (let hour = 0; hour < 24; hour++) {
      line.write(200);
      await line.pass(3600);
    }
    expect(line.sync.status()).toMatchObject({ state: "offline", queued: 4800, acknowledged: 5 });
    expect(line.sync.status().lastError).toContain("cloud-unreachable");
    const calls = line.line.calls;
    expect(calls, "it does not hammer on a dead line").toBeLessThan(500);
    line.line.setCut(false);
    await line.pass(700);
    expect(line.agrees).toBe(true);
    expect(line.sync.status()).toMatchObject({ state: "connected", lastError: undefined });
    expect(line.log).toEqual(["cloud-offline", "cloud-connected"]);
  });

  test("an answer that was lost does no harm: the batch comes again and is recognised", async () => {
    const line = await Line.open();
    await line.pass(10);
    line.line.setFaults({ answerLost: 1 });
    line.write(3);
    await line.pass(30);
    expect(line.office.lines).toHaveLength(3);
    expect(line.sync.status().acknowledged).toBe(0);
    line.line.setFaults({});
    await line.pass(120);
    expect(line.office.lines).toHaveLength(3);
    expect(line.sync.status().acknowledged).toBe(3);
  });
});

describe("a head office that lost what it had", () => {
  test("is given it again from where it stands", async () => {
    const line = await Line.open();
    line.write(1200);
    await line.pass(30);
    expect(line.agrees).toBe(true);
    line.office.restore(100);
    line.write(1);
    await line.pass(30);
    expect(line.agrees).toBe(true);
    expect(line.sync.status().queued).toBe(0);
  });

  test("gets the spaces again too", async () => {
    const line = await Line.open();
    line.write(1);
    line.book.write((tx) => {
      for (const id of ["A1", "A2"])
        saveSpace(tx, {
          spaceId: id,
          facilityId: "small",
          level: "0",
          zone: "west",
          spaceNumber: id,
          spaceType: "standard",
          isAccessible: false,
          status: "free",
          lastUpdated: morning,
          sensorData: {},
        });
    });
    await line.pass(10);
    expect([...line.office.spaces.keys()]).toEqual(["A1", "A2"]);
    line.office.restore(0);
    await line.pass(90);
    expect([...line.office.spaces.keys()]).toEqual(["A1", "A2"]);
  });

  test("that refuses a batch is asked again at the usual pace, not faster", async () => {
    const line = await Line.open();
    await line.pass(10);
    line.write(3 * batchLineLimit);
    line.office.lines = [{ text: "another history", hash: "f".repeat(64) }];
    line.office.held = { epoch: 1, ackedSeq: 1, lastHash: "f".repeat(64), spacesThrough: 0 };
    await line.pass(100);
    expect(line.office.batches.length).toBeLessThan(40);
    expect(line.count("sync_not_taken_total")).toBeGreaterThan(10);
    expect(line.sync.status().queued).toBeGreaterThan(0);
  });
});

describe("directives", () => {
  const notice = (id: string, text = id) => ({
    kind: "notice" as const,
    body: { notice_id: id, text },
  });

  test("come down with the talk and are applied in their order", async () => {
    const line = await Line.open();
    for (const id of ["one", "two", "three"]) line.office.direct(notice(id));
    await line.pass(10);
    expect(
      listNotices(line.book)
        .map(({ noticeId }) => noticeId)
        .toSorted(),
    ).toEqual(["one", "three", "two"]);
    expect(line.sync.status().directivesApplied).toBe(3);
    await line.pass(60);
    expect(line.office.batches.at(-1)?.directives_through).toBe(3);
  });

  test("come down page after page when there are many", async () => {
    const line = await Line.open();
    for (let number = 0; number < 450; number++) line.office.direct(notice(`n${number}`));
    await line.pass(60);
    expect(line.sync.status().directivesApplied).toBe(450);
  });

  test("are not lost when the line fails between asking and answering", async () => {
    const line = await Line.open();
    line.line.setFaults({ answerLost: 0.5, requestLost: 0.2 });
    for (let number = 0; number < 20; number++) {
      line.office.direct(notice(`n${number}`));
      await line.pass(30);
    }
    line.line.setFaults({});
    await line.pass(900);
    expect(line.sync.status().directivesApplied).toBe(20);
    const applied = linesAfter(line.book, 1, 0, 1000).filter(
      ({ type }) => type === "directive-applied",
    );
    expect(applied).toHaveLength(20);
  });
});

describe("an end in the middle of a talk", () => {
  test("waits for the talk, and takes nothing of it into the book any more", async () => {
    let answer: (held: { acked: number }) => void = () => {};
    const asked = new Promise<{ acked: number }>((resolve) => {
      answer = resolve;
    });
    const line = await Line.open({
      heldAt: async () => undefined,
      send: async (batch) => ({
        epoch: batch.epoch,
        acked_seq: (await asked).acked,
        spaces_through: 0,
        directives_latest: 0,
      }),
      pull: () => Promise.reject(new Fault("cloud-unreachable", "no")),
    });
    line.write(1);
    await line.pass(10);
    const stopped = line.sync.stop();
    answer({ acked: 1 });
    await stopped;
    expect(readCursors(line.book).acknowledged).toBe(0);
    const before = line.clock.now() as Instant;
    await line.pass(600);
    expect(line.clock.now() - before).toBe(600_000);
  });
});
