import "./plate.css";

export interface PlateProps {
  /** As it counts: normalised, perhaps corrected; "" when a car had no readable plate. */
  readonly plate: string;
  /** As the camera read it. */
  readonly raw: string;
  /** For those who hear the page: "Plate MAB1234". */
  readonly label: string;
}

/** A plate that looks like one. Characters that differ from what the camera read are marked. */
export function Plate({ plate, raw, label }: PlateProps) {
  const marked = correctionsOf(plate, raw);
  return (
    <span class={plate.length > usualLength ? "plate plate-long" : "plate"}>
      <span class="visually-hidden">{label}</span>
      <span class="plate-country" />
      <span class="plate-text" aria-hidden="true">
        {plate === ""
          ? "–"
          : Array.from(plate, (sign, index) => (
              <span key={index} class={marked.has(index) ? "plate-corrected" : undefined}>
                {sign}
              </span>
            ))}
      </span>
    </span>
  );
}

/** Whether what counts differs from what was read, beyond spaces, dashes and case. */
export const isCorrected = (plate: string, raw: string): boolean => plate !== bare(raw);

/** Plates up to here fit the smallest card in full size; a longer one is set smaller and never cut short. */
const usualLength = 8;
/** The longest a plate is looked at; beyond it nothing is marked. */
const longestPlate = 24;

/**
 * Which characters of the plate the camera did not read: those outside the longest common subsequence of the two.
 *
 * @returns indexes of the plate's characters
 */
export function correctionsOf(plate: string, raw: string): ReadonlySet<number> {
  const [counted, read] = [Array.from(plate), Array.from(bare(raw))];
  const marked = new Set<number>();
  if (Math.max(counted.length, read.length) > longestPlate) return marked;
  const common = commonLengths(counted, read);
  let other = 0;
  for (const [index, sign] of counted.entries()) {
    while (
      other < read.length &&
      read[other] !== sign &&
      at(common, index, other + 1) === at(common, index, other)
    ) {
      other += 1;
    }
    if (read[other] === sign && at(common, index, other) > at(common, index + 1, other)) other += 1;
    else marked.add(index);
  }
  return marked;
}

const bare = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Lengths of the longest common subsequences of all pairs of tails. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const own = lengths[row] ?? [];
      own[column] =
        left[row] === right[column]
          ? at(lengths, row + 1, column + 1) + 1
          : Math.max(at(lengths, row + 1, column), at(lengths, row, column + 1));
    }
  }
  return lengths;
}

const at = (table: readonly (readonly number[])[], row: number, column: number): number =>
  table[row]?.[column] ?? 0;
