import { qrCode } from "@gatehouse/shared/qr-code";

/** Modules that stay light around a code, so that telephones find it (ISO/IEC 18004). */
const quiet = 4;

/** A text as a code that a telephone reads; dark on light on every page. */
export function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = qrCode(text);
  const size = rows.length + 2 * quiet;
  const path = rows
    .flatMap((row, y) =>
      row.map((isDark, x) => (isDark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : "")),
    )
    .join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`}>
      <title>{label}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
