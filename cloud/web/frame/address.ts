import { signal } from "@preact/signals";

/** What is asked of a page, as it stands in the address after `?`: days, filters. */
export type Question = Readonly<Record<string, string>>;

/** What the address names. No id of a facility holds a slash, so `#ID` and `#/…` never meet. */
export type Address =
  /** `#` and `#FACILITY`: the list of facilities, and one of them closely. */
  | { readonly kind: "facilities"; readonly facilityId: string | undefined }
  /** `#/f/FACILITY/PART?question` */
  | {
      readonly kind: "facility";
      readonly facilityId: string;
      readonly part: string;
      readonly question: Question;
    }
  /** `#/PART?question` */
  | { readonly kind: "whole"; readonly part: string; readonly question: Question }
  /** `#/invitation=CODE` */
  | { readonly kind: "invitation"; readonly code: string };

/** Reads what stands after the `#`, with it. What cannot be read is the list of facilities. */
export function addressOf(hash: string): Address {
  const [path = "", asked = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const question = Object.fromEntries(new URLSearchParams(asked));
  const invitation = /^\/invitation=([\w.~-]+)$/.exec(path)?.[1];
  if (invitation !== undefined) return { kind: "invitation", code: invitation };
  const [, facility, part] = /^\/f\/([^/]+)\/([\w/-]+)$/.exec(path) ?? [];
  if (facility !== undefined && part !== undefined)
    return { kind: "facility", facilityId: decoded(facility) ?? facility, part, question };
  if (path.startsWith("/")) return { kind: "whole", part: path.slice(1), question };
  return { kind: "facilities", facilityId: decoded(path) };
}

function decoded(text: string): string | undefined {
  try {
    return text === "" ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The address of a facility's page, for links. */
export const facilityAddress = (
  facilityId: string,
  part: string,
  question: Question = {},
): string => `#/f/${encodeURIComponent(facilityId)}/${part}${queryOf(question)}`;

/** The address of a page that is about no one facility, for links. */
export const wholeAddress = (part: string, question: Question = {}): string =>
  `#/${part}${queryOf(question)}`;

/** The address of a facility's close-up; without one, of the list. */
export const closeupAddress = (facilityId?: string): string =>
  facilityId === undefined ? "#" : `#${encodeURIComponent(facilityId)}`;

/** `?…`, without what is empty; "" where nothing is asked. Also for the addresses that are asked of head office. */
export function queryOf(question: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(question).filter((each): each is [string, string] => !!each[1]);
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

/** What the address names now. */
export const address = signal<Address>(addressOf(location.hash));

const readAgain = (): void => {
  address.value = addressOf(location.hash);
};
window.addEventListener("popstate", readAgain);
window.addEventListener("hashchange", readAgain);

/**
 * Goes to another address of this page.
 *
 * @param how `replace`: the way back does not lead through where one was
 */
export function goTo(to: string, how: "push" | "replace" = "push"): void {
  if (location.hash === to || (to === "#" && location.hash === "")) return;
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  readAgain();
}

/**
 * Asks the present page something else: what is named changes, undefined takes it away, the rest of the question
 * stays.
 */
export function askPage(
  changes: Readonly<Record<string, string | undefined>>,
  how: "push" | "replace" = "push",
): void {
  const at = address.value;
  if (at.kind !== "facility" && at.kind !== "whole") return;
  const [path = ""] = location.hash.split("?");
  goTo(`${path}${queryOf({ ...at.question, ...changes })}`, how);
}
