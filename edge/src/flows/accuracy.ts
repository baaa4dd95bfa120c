import type {
  AccuracyData,
  AccuracyScore,
  SpotCountAnswer,
  SpotCountRequest,
} from "@gatehouse/shared/contracts/accuracy";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { earlier, hours, type Instant, isoOf } from "@gatehouse/shared/time";
import { added, type Drift, driftOf, noScore, type Score, shareOf } from "../domain/accuracy.ts";
import type { Book, Reader, Tx } from "../store/book.ts";
import {
  findSpotCount,
  insertSpotCount,
  latestSpotCounts,
  scoreOfCamera,
  type ScoreRow,
  scoresSince,
  type SpotCountRow,
} from "../store/spot-counts.ts";
import type { AccuracyDesk } from "./accuracy-desk.ts";
import { clearAlert, lowAccuracy, raiseAlert } from "./alerts.ts";
import { lastChangeOf } from "./camera/notes.ts";
import type { Refusal } from "./desk.ts";
import { rowsOf, type Walk } from "./spot-rows.ts";
import type { SpokenSpaces } from "./spoken-words.ts";

export interface AccuracyDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly zoneIds: readonly string[];
  readonly spaces: SpokenSpaces;
  readonly changed: () => void;
}

const windowDays = [7, 30] as const;
/** The last days of a camera, against the weeks before them. */
const recentDays = 7;
const pastDays = 35;
const countsTold = 10;

/** How right the system is: what people found who walked past spaces, against what it had said of them. */
export class Accuracy implements AccuracyDesk {
  readonly #deps: AccuracyDeps;

  constructor(deps: AccuracyDeps) {
    this.#deps = deps;
  }

  /** @throws Fault `disk-full` */
  count(request: SpotCountRequest, actor: Actor): SpotCountAnswer | Refusal {
    const { book, clock, changed } = this.#deps;
    const before = findSpotCount(book, request.count_id);
    if (before.length > 0) return answerOf(request.count_id, before);
    const walk = this.#walkOf(request);
    if ("kind" in walk) return walk;
    const at = clock.now();
    const by = actor.id ?? actor.kind;
    const rows = book.write((tx) => {
      const made = rowsOf(tx, this.#deps.spaces, walk, request, { at, by });
      for (const row of made) insertSpotCount(tx, row);
      if (made.length === 0) return made;
      tx.append(at, { type: "spot-counted", body: bodyOf(request, actor, made) });
      for (const cameraId of new Set(camerasIn(made))) this.#watch(tx, cameraId, at);
      return made;
    });
    if (rows.length === 0) return nothingToJudge;
    changed();
    return answerOf(request.count_id, rows);
  }

  report(): AccuracyData {
    const { book, clock, spaces } = this.#deps;
    const now = clock.now();
    return {
      now: isoOf(now),
      windows: windowDays.map((days) => ({
        days,
        scores: scoresOf(scoresSince(book, daysBefore(now, days))),
      })),
      counts: latestSpotCounts(book, countsTold).map(countView),
      cameras: spaces.cameras().map((cameraId) => ({
        camera_id: cameraId,
        space_ids: spaces.spacesOf(cameraId),
        drift: this.#driftOf(book, cameraId, now) ?? null,
      })),
    };
  }

  #walkOf({ scope }: SpotCountRequest): Walk | Refusal {
    const { spaces, zoneIds } = this.#deps;
    if (scope.kind === "zone") {
      const own = spaces.all().filter(({ spec }) => spec.zoneId === scope.id);
      if (own.length > 0) return { scope: `zone ${scope.id}`, zoneId: scope.id, spaces: own };
      return noSuchScope(`There is no zone ${scope.id}; zones: ${zoneIds.join(", ")}.`);
    }
    const own = spaces.spacesOf(scope.id).flatMap((id) => spaces.one(id) ?? []);
    if (own.length > 0) {
      return { scope: `camera ${scope.id}`, zoneId: "", cameraId: scope.id, spaces: own };
    }
    return noSuchScope(`Camera ${scope.id} has not spoken of any space yet.`);
  }

  /** Raises the alarm about a camera, or ends it. */
  #watch(tx: Tx, cameraId: string, at: Instant): void {
    const { random } = this.#deps;
    const drift = this.#driftOf(tx, cameraId, at);
    if (drift !== undefined) {
      raiseAlert(tx, random, at, {
        type: lowAccuracy,
        subject: cameraId,
        severity: "warning",
        details: { drift, ...scoreOfCamera(tx, cameraId, daysBefore(at, recentDays), at + 1) },
        cameraId,
      });
    } else clearAlert(tx, at, lowAccuracy, cameraId);
  }

  /** What a camera said before it was drawn or calibrated anew does not count against it. */
  #driftOf(reader: Reader, cameraId: string, now: Instant): Drift | undefined {
    const week = daysBefore(now, recentDays);
    const since = Math.max(week, lastChangeOf(reader, cameraId) ?? 0);
    const recent = scoreOfCamera(reader, cameraId, since, now + 1);
    return driftOf(recent, scoreOfCamera(reader, cameraId, daysBefore(now, pastDays), week));
  }
}

const daysBefore = (now: Instant, days: number): Instant => earlier(now, hours(24 * days));

const camerasIn = (rows: readonly SpotCountRow[]): string[] =>
  rows.flatMap(({ source, sourceId, spaceId }) =>
    source === "camera" && spaceId !== "" ? [sourceId] : [],
  );

/** One score a source and zone, and one a source over all zones. */
function scoresOf(rows: readonly ScoreRow[]): AccuracyScore[] {
  const bySource = Map.groupBy(rows, ({ source, cameraId }) => `${source} ${cameraId}`);
  return [...bySource.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const whole = { ...first, zoneId: "", ...own.reduce<Score>(added, noScore) };
    return [whole, ...own].map(scoreView);
  });
}

function scoreView({ source, cameraId, zoneId, right, wrong, silent }: ScoreRow): AccuracyScore {
  const share = shareOf({ right, wrong, silent });
  return {
    source,
    camera_id: cameraId === "" ? null : cameraId,
    zone_id: zoneId === "" ? null : zoneId,
    right,
    wrong,
    silent,
    accuracy: share?.value ?? null,
    low: share?.low ?? null,
    high: share?.high ?? null,
  };
}

function countView(
  row: ReturnType<typeof latestSpotCounts>[number],
): AccuracyData["counts"][number] {
  const [kind, id = ""] = row.scope.split(" ");
  return {
    count_id: row.countId,
    at: isoOf(row.countedAt as Instant),
    by: row.countedBy,
    method: row.method,
    zone_id: kind === "zone" ? id : null,
    camera_id: kind === "camera" ? id : null,
    spaces: row.spaces,
    occupied: row.occupied,
    said: row.silent > 0 ? null : row.said,
    wrong: row.wrong,
  };
}

function answerOf(countId: string, rows: readonly SpotCountRow[]): SpotCountAnswer {
  const published = rows.filter(({ source }) => source === "fused");
  const judged = published.filter(({ said }) => said !== null);
  const wrong = judged.filter(({ said, occupied }) => said !== occupied);
  const [total] = published.filter(({ spaceId }) => spaceId === "");
  if (total !== undefined) {
    const { spaces, occupied, said } = total;
    const compared =
      said === null ? "the system knew no number" : `the system said ${said} of ${spaces}`;
    return {
      count_id: countId,
      spaces,
      wrong: Math.abs((said ?? occupied) - occupied),
      sentence: `Kept: ${occupied} occupied; ${compared}.`,
    };
  }
  const right = judged.length - wrong.length;
  const sentence = `Kept: ${right} of ${judged.length} spaces were as published.`;
  return { count_id: countId, spaces: judged.length, wrong: wrong.length, sentence };
}

function bodyOf(request: SpotCountRequest, actor: Actor, rows: readonly SpotCountRow[]) {
  const { scope, found } = request;
  const published = rows.filter(({ source }) => source === "fused");
  const bySource = Map.groupBy(rows, ({ source, sourceId }) =>
    source === "camera" ? `camera ${sourceId}` : source,
  );
  return {
    count_id: request.count_id,
    by: actor,
    method: found.method,
    zone_id: scope.kind === "zone" ? scope.id : null,
    camera_id: scope.kind === "camera" ? scope.id : null,
    spaces: sumOf(published, ({ spaces }) => spaces),
    occupied: sumOf(published, ({ occupied }) => occupied),
    sources: [...bySource.values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const isTotal = found.method === "total";
      const singles = isTotal ? [] : own;
      return [
        {
          source: first.source,
          camera_id: first.source === "camera" ? first.sourceId : null,
          right: singles.filter(({ said, occupied }) => said === occupied).length,
          wrong: singles.filter(({ said, occupied }) => said !== null && said !== occupied).length,
          silent: singles.filter(({ said }) => said === null).length,
          said: isTotal ? first.said : null,
        },
      ];
    }),
  };
}

const sumOf = (rows: readonly SpotCountRow[], of: (row: SpotCountRow) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const noSuchScope = (sentence: string): Refusal => ({
  kind: "refused",
  reason: "no-such-scope",
  sentence,
});

const nothingToJudge: Refusal = {
  kind: "refused",
  reason: "nothing-to-judge",
  sentence: "The system says nothing of these spaces, so there is nothing to compare.",
};
