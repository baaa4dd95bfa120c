/** Rows that one command takes: some firmware reads only the low byte of their count. */
const bandRows = 255;

/**
 * A picture as raster graphics (`GS v 0`), for printers that make no QR codes of their own.
 *
 * @param rows from the top, true is black
 * @param dots of one square, across and down
 */
export function rasterBytes(rows: readonly (readonly boolean[])[], dots: number): Buffer {
  const lines = rows.flatMap((row) => {
    const line = lineBytes(row, dots);
    return Array<Buffer>(dots).fill(line);
  });
  const width = lines[0]?.length ?? 0;
  const bands: Buffer[] = [];
  for (let at = 0; at < lines.length; at += bandRows) {
    const band = lines.slice(at, at + bandRows);
    const head = [0x1d, 0x76, 0x30, 0, width & 0xff, width >> 8, band.length & 0xff, 0];
    bands.push(Buffer.from(head), ...band);
  }
  return Buffer.concat(bands);
}

/** Eight dots a byte, the first in its highest bit. */
function lineBytes(row: readonly boolean[], dots: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil((row.length * dots) / 8));
  for (const [index, isBlack] of row.entries()) {
    if (!isBlack) continue;
    for (let dot = index * dots; dot < (index + 1) * dots; dot += 1)
      bytes[dot >> 3] = (bytes[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return bytes;
}
