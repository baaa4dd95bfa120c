/** Every so many names one is written, where there is no room for all. */
const everyNth = [1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 30, 60, 90, 180, 360];

/**
 * The places of an axis at which a name is written: those that have one, or every second, third, fourth of them, so
 * that none runs into the next.
 *
 * @param names one for each place from left to right; "" is none
 * @param eachPx what one name takes
 * @param widthPx of the whole axis
 */
export function namedPlaces(names: readonly string[], eachPx: number, widthPx: number): number[] {
  const named = names.flatMap((name, place) => (name === "" ? [] : [place]));
  const placePx = widthPx / Math.max(1, names.length);
  const step = everyNth.find((nth) =>
    named.every((place, index) => {
      const next = named[index + nth];
      return index % nth !== 0 || next === undefined || (next - place) * placePx >= eachPx;
    }),
  );
  return named.filter((_, index) => index % (step ?? named.length) === 0);
}

/** The same names in two rows, every second one lower, where one row is too narrow for all. */
export const twoRowsOf = (names: readonly string[]): string[] =>
  names.map((name, place) => (place % 2 === 0 ? name : `\n${name}`));

/** How far the last name reaches over the end of its axis, in pixels. @param places that the axis has */
export const roomBeside = (lastPx: number, places: number, chartPx: number): number =>
  Math.max(0, Math.ceil(lastPx / 2 - (chartPx - 60) / Math.max(1, places) / 2));

/** The name of each day where it begins, for an axis of hours. @param days the name of each hour's day */
export const dayBeginnings = (days: readonly string[]): string[] =>
  days.map((day, place) => (place === 0 || days[place - 1] === day ? "" : day));
