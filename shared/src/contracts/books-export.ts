import { z } from "zod";

export const booksFormats = ["csv", "datev", "json"] as const;
export type BooksFormat = (typeof booksFormats)[number];

/** Which part of the journal is wanted: civil days of the facility, both inclusive. */
export const BooksExportRequest = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  format: z.enum(booksFormats),
  /** `next` of the part before; left out: the first. */
  after: z.string().max(100).optional(),
});
export type BooksExportRequest = z.infer<typeof BooksExportRequest>;

/** `data` of an answer to `books-export`: the parts in their order are the file. */
export const BooksExportPart = z.object({ text: z.string(), next: z.string().nullable() });
export type BooksExportPart = z.infer<typeof BooksExportPart>;
