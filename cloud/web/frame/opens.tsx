import type { ComponentChildren } from "preact";
import { facilityAddress } from "./address.ts";

/** Where the lists of head office's answers stand as pages. */
const partOf: Readonly<
  Record<string, { part: string; question: Readonly<Record<string, string>> }>
> = {
  sessions: { part: "sessions", question: {} },
  "sessions/active": { part: "sessions", question: { list: "active" } },
  "sessions/completed": { part: "sessions", question: { list: "completed" } },
  "payment-list": { part: "payments", question: {} },
};

/**
 * The page that shows what a number counts.
 *
 * @param opens an answer's address of that list: `/v1/facilities/north/reports/sessions?by=exit&from=…`
 * @returns undefined where no page shows it
 */
export function pageOpened(opens: string | undefined): string | undefined {
  const [, facility, path = "", asked = ""] =
    /^\/v1\/facilities\/([^/]+)\/reports\/([\w/-]+)(?:\?(.*))?$/.exec(opens ?? "") ?? [];
  const to = partOf[path];
  if (facility === undefined || to === undefined) return undefined;
  const question = { ...to.question, ...Object.fromEntries(new URLSearchParams(asked)) };
  return facilityAddress(decodeURIComponent(facility), to.part, question);
}

/** A number that leads to what it counts. */
export function Opens({
  to,
  children,
}: {
  /** Of the answer's `opens`. */
  readonly to: string | undefined;
  readonly children: ComponentChildren;
}) {
  const page = pageOpened(to);
  return page === undefined ? <>{children}</> : <a href={page}>{children}</a>;
}
