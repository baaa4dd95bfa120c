import type { SignView } from "@gatehouse/shared/contracts/sign-config";
import { words } from "./words.ts";

type Way = NonNullable<SignView["arrow"]>;

/** Degrees from straight ahead, clockwise. */
const turns: Readonly<Record<Way, number>> = { ahead: 0, right: 90, back: 180, left: 270 };

/** A thick arrow, as road signs have it. */
export function Arrow({ way }: { readonly way: Way }) {
  return (
    <>
      <svg class="sign-arrow" viewBox="0 0 100 100" aria-hidden="true">
        <path d="M50 6 90 50H64V94H36V50H10Z" transform={`rotate(${turns[way]} 50 50)`} />
      </svg>
      <span class="visually-hidden">{words.ways[way]}</span>
    </>
  );
}
