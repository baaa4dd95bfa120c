/**
 * The number after this one, written alike: "A009" → "A010".
 *
 * @param step 1, or −1 to count backwards
 * @returns undefined when it ends in no digit, or below 0
 */
export function numberAfter(number: string, step: 1 | -1 = 1): string | undefined {
  const [, prefix, digits] = /^(.*?)(\d+)$/.exec(number) ?? [];
  if (prefix === undefined || digits === undefined) return undefined;
  const next = Number(digits) + step;
  return next < 0 ? undefined : `${prefix}${String(next).padStart(digits.length, "0")}`;
}

/**
 * What the next space is called: the facility's next number that is not drawn yet, after the one given; else its
 * first one; else, where the facility has no more, the number that follows by counting.
 *
 * @param all numbers of the facility, in its own order
 */
export function nextNumber(
  all: readonly string[],
  isDrawn: (number: string) => boolean,
  after?: string,
): string {
  const place = after === undefined ? -1 : all.indexOf(after);
  const inOrder = [...all.slice(place + 1), ...all.slice(0, place + 1)];
  const found = inOrder.find((number) => !isDrawn(number));
  if (found !== undefined) return found;
  let counted = numberAfter(after ?? all.at(-1) ?? "A000") ?? "A001";
  while (isDrawn(counted)) counted = numberAfter(counted) ?? `${counted}-1`;
  return counted;
}

/** Names for a row: from `first` on by counting, leaving out what is drawn already. */
export function rowNumbers(
  first: string,
  count: number,
  step: 1 | -1,
  isDrawn: (number: string) => boolean,
): string[] {
  const numbers: string[] = [];
  let number: string | undefined = first;
  while (numbers.length < count && number !== undefined) {
    if (!isDrawn(number)) numbers.push(number);
    number = numberAfter(number, step);
  }
  return numbers;
}

/** How many spaces lie from one number to another by counting, both included; undefined when they are not of a kind. */
export function countFrom(first: string, last: string): number | undefined {
  const [, prefix, start] = /^(.*?)(\d+)$/.exec(first) ?? [];
  const [, lastPrefix, end] = /^(.*?)(\d+)$/.exec(last) ?? [];
  if (prefix === undefined || prefix !== lastPrefix) return undefined;
  return Math.abs(Number(end) - Number(start)) + 1;
}

/** Numbers that follow one another are told as a range: A001–A004, A007. */
export function rangesOf(numbers: readonly string[]): { first: string; last: string }[] {
  const ranges: { first: string; last: string }[] = [];
  for (const number of numbers) {
    const open = ranges.at(-1);
    if (open !== undefined && numberAfter(open.last) === number) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges;
}
