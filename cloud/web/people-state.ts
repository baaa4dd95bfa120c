import { signal } from "@preact/signals";
import type { UsersPage, UserView } from "@gatehouse/shared/contracts/people";
import type { Told } from "../../shared/web/ask.ts";
import { askUsers } from "./api.ts";
import { leave } from "./connection.ts";
import { refusalText } from "./refusal.tsx";

/** The people that are shown; undefined until they have been told. */
export const people = signal<UsersPage | undefined>(undefined);
export const peopleSearch = signal("");
/** Why the last thing that was asked for did not happen. */
export const peopleRefusal = signal("");
/** A link that was just made, to be handed on. */
export const madeLink = signal<
  { readonly name: string; readonly address: string; readonly endsAt: string } | undefined
>(undefined);

/** Who is looked at whole, by their user id. */
export const personShown = signal<string | undefined>(undefined);

/** Asks for the people anew; an answer that is no longer wanted is forgotten. */
export async function loadPeople(): Promise<void> {
  const wanted = peopleSearch.value;
  const told = await askUsers(wanted);
  if (wanted === peopleSearch.value) take(told, (page) => (people.value = page));
}

/** Goes on with what was told, or says why there is nothing; whoever is signed out is led to the door. */
export function take<T>(told: Told<T>, use: (value: T) => void): void {
  if (told.kind === "refused" && told.problem.status === 401) return void leave();
  peopleRefusal.value = told.kind === "ok" ? "" : refusalText(told);
  if (told.kind === "ok") use(told.value);
}

/** Shows the link of an invitation. */
export function showLink(name: string, code: string, endsAt: string): void {
  const address = `${location.origin}${location.pathname}#/invitation=${code}`;
  madeLink.value = { name, address, endsAt };
}

export const nameOf = (user: Pick<UserView, "first_name" | "last_name">): string =>
  `${user.first_name} ${user.last_name}`;

/** Another one for each change that somebody wants. */
export const newRequestId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
