import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Me } from "@gatehouse/shared/contracts/own-account";
import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import { askMe } from "./api.ts";
import { person } from "./connection.ts";

/** Who is signed in; undefined until head office has told. */
const me = signal<Me | undefined>(undefined);

effect(() => {
  const isHere = person.value === "signed-in";
  me.value = undefined;
  if (isHere)
    void askMe().then((told) => {
      if (told.kind === "ok") me.value = told.value;
    });
});

/** Who is signed in, once head office has told. */
export const whoAmI: ReadonlySignal<Me | undefined> = me;

/** Whether whoever is signed in may do this anywhere: what they may not is not offered. */
export const mayI = (right: Right): boolean => me.value?.rights.includes(right) === true;

/** The organisation that somebody's new people belong to: their own; `main` with head office's first token. */
export const ownOrganisation = (): string => me.value?.user?.organisation_id ?? "main";
