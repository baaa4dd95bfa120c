/** What a recogniser's input and output look like, which says how to feed and read it. */
export type ReaderFamily = "ctc" | "cct";

/** One way to show a plate to a recogniser. */
export interface PlateLook {
  /** Pixels of the crop, however long the plate is: narrower, and its characters stand closer. */
  readonly width: number;
  readonly height: number;
  /** How much is seen around the plate, in shares of its width and height; below 0 its edges are left out. */
  readonly marginX: number;
  readonly marginY: number;
}

/**
 * The looks that are taken at a plate until one is sure; the others vote. The second leaves out what stands above
 * and below the characters, the third and fourth show them narrower and wider.
 */
export const looksOf: Readonly<Record<ReaderFamily, readonly [PlateLook, ...PlateLook[]]>> = {
  ctc: [
    { width: 192, height: 48, marginX: 0.02, marginY: 0.04 },
    { width: 192, height: 48, marginX: 0.02, marginY: -0.15 },
    { width: 160, height: 48, marginX: 0.02, marginY: 0.04 },
    { width: 256, height: 48, marginX: 0.02, marginY: -0.15 },
  ],
  cct: [{ width: 128, height: 64, marginX: 0.12, marginY: 0.3 }],
};
