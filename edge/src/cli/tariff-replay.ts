import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import { hours } from "@gatehouse/shared/time";
import { replay, type Replay, type Takings } from "@gatehouse/shared/tariff/replay";
import { lastStays, readBook, timezoneOf } from "../store/past-stays.ts";
import { refusal } from "./bench-tools.ts";
import type { TariffFile } from "./tariff-file.ts";

type Draft = Extract<TariffFile, { kind: "tariff" }>["tariff"];

/**
 * What the last days in a book would have earned under a draft. It reads the book beside the daemon, which goes on undisturbed
 * and need not run; nothing is written.
 *
 * @param folder the data folder, or the one that `npm start` lays out
 */
export function replayDraft(
  draft: Draft,
  folder: string,
  days: number,
): { readonly answer: ControlAnswer; readonly lines: readonly string[] } {
  const path = [folder, join(folder, "edge")]
    .map((each) => resolve(each, "book.sqlite"))
    .find((each) => existsSync(each));
  if (path === undefined) {
    const hint = "Name the folder of the facility's data with --data.";
    const answer = refusal(`There is no book in ${resolve(folder)}.`, "no-book", hint);
    return { answer, lines: [hint] };
  }
  const book = readBook(path);
  try {
    const timezone = timezoneOf(book);
    const zone = { timezone, holidays: draft.holidays ?? [] };
    const result = replay(lastStays(book, hours(24 * days)), draft, zone);
    return { answer: answerOf(result, draft, days), lines: linesOf(result, draft.currency) };
  } finally {
    book.close();
  }
}

function answerOf(
  result: Replay,
  { currency, tariff_id, version }: Draft,
  days: number,
): ControlAnswer {
  const { stays, charged, draft } = result;
  const change = draft - charged;
  const words =
    change === 0
      ? "the same"
      : `${moneyOf(Math.abs(change), currency)} ${change > 0 ? "more" : "less"}`;
  const verdict =
    stays === 0
      ? `No stay has ended in the last ${days} days.`
      : `${stays} stays of the last ${days} days came to ${moneyOf(charged, currency)}; under ${tariff_id} version ${version} to ${moneyOf(draft, currency)}: ${words}.`;
  const data = {
    tariff_id,
    version,
    currency,
    days,
    ...row(result),
    by_class: [...result.byClass].map(([vehicle_class, each]) => ({ vehicle_class, ...row(each) })),
    by_day: [...result.byDay].map(([day, each]) => ({ day, ...row(each) })),
  };
  return { exit_code: 0, verdict, data };
}

const row = ({ stays, charged, draft }: Takings) => ({
  stays,
  charged_minor: charged,
  draft_minor: draft,
});

function linesOf({ byClass, byDay }: Replay, currency: string): string[] {
  const line = ([name, { stays, charged, draft }]: [string, Takings]): string =>
    `  ${name.padEnd(12)} ${String(stays).padStart(6)} ${moneyOf(charged, currency).padStart(14)} → ${moneyOf(draft, currency)}`;
  return [...[...byClass].map(line), ...[...byDay].map(line)];
}

const moneyOf = (minor: number, currency: string): string =>
  formatMinor(minorUnits(minor), currency);
