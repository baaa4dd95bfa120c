import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ask, type Contract } from "../../../shared/web/ask.ts";
import { type Answer, type Pace, useAnswer } from "./answer.ts";

interface Cursored {
  readonly next_cursor: string | null;
}

export interface PagedAnswer<Page, Row> {
  /** The first page, for `Answered`. */
  readonly first: Answer<Page>;
  /** The rows of all pages so far. */
  readonly rows: readonly Row[];
  /** Asks for the next page; undefined: there is none. */
  readonly more: (() => void) | undefined;
  readonly isAskingMore: boolean;
}

/**
 * Asks for a list that comes in pages. It is asked for once: a list that somebody reads does not move. Whatever goes
 * wrong with a later page leaves `more` where it is, to be pressed again.
 *
 * @param pace `live` for a list of what may change under one's eyes: it begins anew when its first page has changed
 */
export function usePages<Page extends Cursored, Row>(
  path: string | undefined,
  contract: Contract<Page>,
  rowsOf: (page: Page) => readonly Row[],
  pace: Pace = "once",
): PagedAnswer<Page, Row> {
  const first = useAnswer(path, contract, pace);
  const later = useSignal<readonly Page[]>([]);
  const isAskingMore = useSignal(false);
  const shown = first.value && JSON.stringify([rowsOf(first.value), first.value.next_cursor]);
  const shownNow = useRef(shown);
  shownNow.current = shown;
  useEffect(() => {
    later.value = [];
  }, [path, shown]);
  const pages = first.value === undefined ? [] : [first.value, ...later.value];
  const cursor = pages.at(-1)?.next_cursor ?? null;
  const more = async (): Promise<void> => {
    if (path === undefined || cursor === null || isAskingMore.value) return;
    const asked = shown;
    isAskingMore.value = true;
    const next = `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
    const told = await ask("GET", next, contract);
    isAskingMore.value = false;
    if (told.kind === "ok" && asked === shownNow.current)
      later.value = [...later.value, told.value];
  };
  return {
    first,
    rows: pages.flatMap((page) => rowsOf(page)),
    more: cursor === null ? undefined : () => void more(),
    isAskingMore: isAskingMore.value,
  };
}
