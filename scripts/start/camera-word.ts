import Database from "better-sqlite3";
import type { SpaceSaying } from "./agreement.ts";

/** What a camera itself said of its spaces, before any fusing with sensors: its observations in the book. */
export function cameraWords(bookFile: string, cameraId: string): SpaceSaying[] {
  const book = new Database(bookFile, { readonly: true });
  try {
    const rows = book
      .prepare("select space_id, occupied, at from observations where source_id = ? order by at")
      .all(cameraId) as { space_id: string; occupied: number; at: number }[];
    return rows.map(({ space_id, occupied, at }) => ({
      spaceId: space_id,
      occupied: occupied === 1,
      at,
    }));
  } finally {
    book.close();
  }
}
