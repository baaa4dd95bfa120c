import { windows1252 } from "../windows-1252.ts";
import type { Instant } from "../time.ts";

/**
 * A PDF file (ISO 32000-1, version 1.4) with pages of given content. F1 is Helvetica, F2 its bold, F3 Courier, all in
 * Windows-1252. Its time is the document's, so that the same document is the same file.
 *
 * @param pages content streams; each is ASCII
 */
export function pdfFile(
  pages: readonly string[],
  size: { readonly width: number; readonly height: number },
  head: { readonly title: string; readonly issuedAt: Instant },
): Uint8Array {
  const first = 7;
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    ...["Helvetica", "Helvetica-Bold", "Courier"].map(
      (font) => `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`,
    ),
    `<< /Title <${hexOf(head.title)}> /CreationDate (${dateOf(head.issuedAt)}) >>`,
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.width} ${size.height}] ` +
        `/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> /Contents ${first + index * 2 + 1} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

const hexOf = (text: string): string => Buffer.from(windows1252(text)).toString("hex");
const dateOf = (at: Instant): string =>
  `D:${new Date(at).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`;
