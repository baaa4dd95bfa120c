/** One character for all that are taken for one another, directly or over a third. */
const families: readonly string[] = ["O0QDUGB86", "I1T", "S5", "Z2"];
const family = new Map(
  families.flatMap((group) => group.split("").map((sign) => [sign, group.charAt(0)] as const)),
);

/** A plate with every look-alike written the same. */
const skeletonOf = (plate: string): string =>
  plate
    .split("")
    .map((sign) => family.get(sign) ?? sign)
    .join("");

/** The skeleton, and what is left of it without each one of its characters. */
function keysOf(plate: string): Set<string> {
  const skeleton = skeletonOf(plate);
  const keys = new Set([skeleton]);
  for (let at = 0; at < skeleton.length; at++)
    keys.add(skeleton.slice(0, at) + skeleton.slice(at + 1));
  return keys;
}

/**
 * Finds the plates that may be near a read one without looking at all the others: any number of look-alikes, and
 * one character dropped, inserted or taken for any other (two plates share a key exactly then; Mor and Fraenkel,
 * "A hash code method for detecting and correcting spelling errors", 1982).
 */
export class PlateIndex {
  readonly #plates = new Map<string, string>();
  readonly #byKey = new Map<string, string[]>();

  get size(): number {
    return this.#plates.size;
  }

  /** Every id with its plate. */
  entries(): IterableIterator<[id: string, plate: string]> {
    return this.#plates.entries();
  }

  /** Knows an id under its plate from now on; "" forgets it. */
  put(id: string, plate: string): void {
    const known = this.#plates.get(id);
    if (known === plate) return;
    if (known !== undefined) this.#forget(id, known);
    if (plate === "") return;
    this.#plates.set(id, plate);
    for (const key of keysOf(plate)) {
      const ids = this.#byKey.get(key);
      if (ids === undefined) this.#byKey.set(key, [id]);
      else ids.push(id);
    }
  }

  /** The ids of all plates that may be near; some of them are not. */
  near(plate: string): string[] {
    if (plate === "") return [];
    return [...new Set([...keysOf(plate)].flatMap((key) => this.#byKey.get(key) ?? []))];
  }

  #forget(id: string, plate: string): void {
    this.#plates.delete(id);
    for (const key of keysOf(plate)) {
      const left = (this.#byKey.get(key) ?? []).filter((known) => known !== id);
      if (left.length > 0) this.#byKey.set(key, left);
      else this.#byKey.delete(key);
    }
  }
}
