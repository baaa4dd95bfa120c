import type { PlateProfile } from "../contracts/plate-profile.ts";

/** One way to write a plate: for each place the characters that may stand there. */
export interface PlateShape {
  readonly country: string;
  readonly places: readonly string[];
  readonly isWeak: boolean;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const everySet: Readonly<Record<string, string>> = { L: letters, 9: "0123456789", 1: "123456789" };

/** Every way to write a plate in these countries, each of one length. */
export const shapesOf = (profiles: readonly PlateProfile[]): PlateShape[] =>
  profiles.flatMap(({ country, longest = 16, sets, shapes }) =>
    shapes.flatMap(({ form, prefixes, weak }) => {
      const known = { ...everySet, ...sets };
      const endings = endingsOf(form, known);
      const beginnings = prefixes?.map((prefix) => prefix.split("")) ?? [[]];
      return beginnings
        .flatMap((beginning) => endings.map((ending) => [...beginning, ...ending]))
        .filter((places) => places.length <= longest)
        .map((places) => ({ country, places, isWeak: weak }));
    }),
  );

/** A form's places, once for each number of times that its letters may stand. */
function endingsOf(form: string, sets: Readonly<Record<string, string>>): string[][] {
  let endings: string[][] = [[]];
  for (const [, letter = "", least = "1", most = least] of form.matchAll(
    /(.)(?:\{(\d),(\d)\})?/g,
  )) {
    const set = sets[letter];
    if (set === undefined) throw new RangeError(`form ${form}: no set is named ${letter}`);
    const times = Array.from(
      { length: Number(most) - Number(least) + 1 },
      (_, more) => Number(least) + more,
    );
    endings = endings.flatMap((ending) =>
      times.map((count) => [...ending, ...Array.from({ length: count }, () => set)]),
    );
  }
  return endings;
}
