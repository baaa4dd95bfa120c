import { factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import type { StoryLine } from "@gatehouse/shared/contracts/reports/story";
import { lineSentence } from "@gatehouse/shared/told/explain";

/** What a line may name beside the session itself: the lines that answer it name only that. */
const links = [
  "command_id",
  "payment_id",
  "refund_id",
  "document_id",
  "violation_id",
  "alert_id",
  "validation_id",
] as const;

/** @returns undefined where the text is no ledger line */
export function lineOf(text: string): LedgerLine | undefined {
  try {
    return LedgerLine.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether one of the line's own members is one of these ids. */
export const speaksOf = ({ body }: LedgerLine, ids: ReadonlySet<string>): boolean =>
  Object.values(body).some((value) => typeof value === "string" && ids.has(value));

/** The ids by which other lines go on with what these lines began. */
export function linkedIds(lines: readonly LedgerLine[]): Set<string> {
  const ids = lines.flatMap(({ body }) => links.map((name) => body[name]));
  return new Set(ids.filter((id): id is string => typeof id === "string" && id !== ""));
}

/** A line as the story tells it. Papers hold a person's code, and are shown by their own address. */
export function storyLine(line: LedgerLine): StoryLine {
  const fact = factOf(line);
  const { token: _token, body: _paper, ...body } = line.body;
  return {
    epoch: line.epoch,
    seq: line.seq,
    at: line.at,
    type: line.type,
    sentence: fact === undefined ? line.type : lineSentence(fact),
    body,
  };
}
