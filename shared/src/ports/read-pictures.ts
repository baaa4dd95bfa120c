/** The pictures that were kept of plate reads. */
export interface ReadPictures {
  /**
   * @param kind left out: the plate, else the vehicle, else the whole view
   * @returns a JPEG; undefined when none was kept, or it is too old
   */
  find(
    readerId: string,
    readId: string,
    kind?: "plate" | "vehicle" | "overview",
  ): Promise<Uint8Array | undefined>;
}
