import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { growSessions, growSites } from "./grow.ts";
import { type OfficeProcess, officeToken, startOffice } from "./office-process.ts";
import { paintAll } from "./painted.ts";
import { questionsOf, sampleOf } from "./page-questions.ts";

const populate = fileURLToPath(new URL("../populate.mjs", import.meta.url));
/** What is asked: warm, on two cores. */
const limitMs = 300;
const warmUps = 2;
const rounds = 15;
/** A slow answer is asked for less often: so long for each address. */
const patienceMs = 5_000;

export interface PagesOptions {
  /** A populated folder; left out, one is made, told of a town and removed again. */
  readonly data: string | undefined;
  readonly facilities: number;
  readonly days: number;
  /** Copied until there are so many; 0 leaves them as they are. */
  readonly sites: number;
  /** The same of the sessions of one facility; left out, a million in a folder of its own and none in another. */
  readonly sessions: number | undefined;
}

const manySessions = 1_000_000;

export interface PagesBench {
  readonly name: "pages";
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly unit: "ms";
  readonly lines: readonly string[];
}

/**
 * How long head office takes for every answer that its pages read: asked over HTTP of head office as its own process,
 * warm, one after the other. Where there is a browser, how long every page takes until it is drawn as well. Then one
 * facility gets a million sessions, and is asked for all its answers once more. `value` is the slowest median of all,
 * the floor is what is asked of it.
 */
export async function benchPages(options: PagesOptions): Promise<PagesBench> {
  const own = options.data === undefined;
  const data = own ? mkdtempSync(join(tmpdir(), "gatehouse-pages-")) : resolve(options.data);
  let office: OfficeProcess | undefined;
  try {
    if (own) await tellTown(data, options);
    office = await startOffice(data, []);
    return await measure(office, options);
  } finally {
    await office?.stop();
    for (const each of own ? [data, office?.socket] : [])
      if (each !== undefined) rmSync(each, { recursive: true, force: true });
  }
}

/** @throws Error when `populate` fails; what it says stands in the terminal */
function tellTown(data: string, { facilities, days }: PagesOptions): Promise<void> {
  const told = ["--data", data, "--facilities", `${facilities}`, "--days", `${days}`];
  const child = spawn(process.execPath, [populate, ...told], { stdio: ["ignore", 2, 2] });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code) =>
      code === 0 ? done() : failed(new Error(`populate ended with ${code}`)),
    );
  });
}

async function measure(office: OfficeProcess, options: PagesOptions): Promise<PagesBench> {
  const sample = await sampleOf(office.database, options.days);
  await growSites(office.database, options.sites);
  const questions = questionsOf(office.database, sample);
  const { timed, unanswered } = await askAll(office.url, questions);
  const painted = await paintAll(office.url, sample.facilityId);
  const pages = typeof painted === "string" ? [] : painted;
  const wanted = options.sessions ?? (options.data === undefined ? manySessions : 0);
  const sessions =
    wanted === 0 ? 0 : await growSessions(office.database, sample.facilityId, wanted);
  const ofFacility = questions.filter((each) => each.includes(`/${sample.facilityId}/`));
  const grown = (await askAll(office.url, sessions === 0 ? [] : ofFacility)).timed;
  const all = [...timed, ...pages, ...grown];
  const value = Math.max(...all.map(({ times }) => shareOf(times, 0.5)));
  const lines = [
    "  median     p95      kB  answers, ms (! takes longer than asked)",
    ...slowestFirst(timed).map(lineOf),
    ...unanswered,
    "  median     p95          pages, from the click until drawn",
    ...(typeof painted === "string" ? [painted] : slowestFirst(pages).map(lineOf)),
    `  median     p95      kB  answers of ${sample.facilityId} with ${sessions} sessions`,
    ...(sessions === 0 ? ["none was asked for: --sessions"] : slowestFirst(grown).map(lineOf)),
  ];
  return { name: "pages", value, floor: limitMs, ratio: value / limitMs, unit: "ms", lines };
}

interface Timed {
  readonly address: string;
  /** Milliseconds, in their order. */
  readonly times: readonly number[];
  readonly bytes?: number;
}

async function askAll(
  url: string,
  questions: readonly string[],
): Promise<{ readonly timed: Timed[]; readonly unanswered: string[] }> {
  const timed: Timed[] = [];
  const unanswered: string[] = [];
  for (const question of questions) {
    const asked = await ask(url, question);
    if (typeof asked === "string") unanswered.push(`not timed, it answered ${asked}: ${question}`);
    else timed.push(asked);
  }
  return { timed, unanswered };
}

/** @returns what was answered where that was no 200 */
async function ask(url: string, address: string): Promise<Timed | string> {
  const times: number[] = [];
  let bytes = 0;
  const begun = performance.now();
  for (let round = -warmUps; round < rounds; round += 1) {
    if (times.length > 0 && performance.now() - begun > patienceMs) break;
    const from = performance.now();
    const response = await fetch(url + address, {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    bytes = (await response.arrayBuffer()).byteLength;
    if (response.status !== 200) return String(response.status);
    if (round >= 0) times.push(performance.now() - from);
  }
  return { address, times: times.toSorted((a, b) => a - b), bytes };
}

/** The time that this share of them stays below; they stand in their order. */
const shareOf = (times: readonly number[], share: number): number =>
  times[Math.floor(share * (times.length - 1))] ?? 0;

const slowestFirst = (timed: readonly Timed[]): Timed[] =>
  timed.toSorted((a, b) => shareOf(b.times, 0.5) - shareOf(a.times, 0.5));

function lineOf({ address, times, bytes }: Timed): string {
  const median = shareOf(times, 0.5);
  return [
    median >= limitMs ? "!" : " ",
    median.toFixed(0).padStart(7),
    shareOf(times, 0.95).toFixed(0).padStart(7),
    (bytes === undefined ? "" : (bytes / 1000).toFixed(1)).padStart(7),
    ` ${address}`,
  ].join(" ");
}
