/** A plate as it is held and compared: capitals and digits. */
export const plainPlate = (plate: string): string =>
  plate.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
