/** Upper case, A–Z and 0–9 only; marks and gaps go, Ä Ö Ü become A O U. */
export const normalisePlate = (raw: string): string =>
  raw
    .normalize("NFD")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "");
