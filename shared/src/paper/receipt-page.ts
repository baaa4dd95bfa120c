import type { PrintPiece } from "../print-piece.ts";
import type { ShownDocument } from "./paper.ts";

/** A document as a page for a phone: no script, nothing from elsewhere, not to be found by searching. */
export function receiptPage({ title, locale, pieces }: ShownDocument): string {
  const isGerman = locale.toLowerCase().startsWith("de");
  const file = isGerman ? "Als PDF speichern" : "Save as PDF";
  return pageOf(
    locale,
    title,
    `${pieces.map(pieceHtml).join("\n")}\n<p class="file"><a href="?format=pdf">${file}</a></p>`,
  );
}

/** What a phone shows whose code leads nowhere. */
export const noReceiptPage = (): string =>
  pageOf(
    "en",
    "Gatehouse",
    "<h1>No such receipt</h1>\n<p>Look at the code again, or ask at the car park.</p>\n" +
      '<h1 lang="de">Kein solcher Beleg</h1>\n<p lang="de">Prüfen Sie den Code, oder fragen Sie im Parkhaus nach.</p>',
  );

function pieceHtml(piece: PrintPiece): string {
  switch (piece.kind) {
    case "rule":
      return "<hr>";
    case "qr":
      return `<p class="centred">${escaped(piece.text)}</p>`;
    case "as-is":
      return `<pre>${escaped(piece.text)}</pre>`;
    case "pair": {
      const strong = piece.strong === true ? " strong" : "";
      return `<dl class="pair${strong}"><dt>${escaped(piece.left)}</dt><dd>${escaped(piece.right)}</dd></dl>`;
    }
    case "line":
      return piece.style === "title"
        ? `<h1>${escaped(piece.text)}</h1>`
        : `<p class="${piece.style ?? "line"}">${escaped(piece.text)}</p>`;
  }
}

const pageOf = (locale: string, title: string, content: string): string => `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/receipt.css">
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** The page's look: the paper it stands for, light and dark, on a phone or a desk. */
export const receiptStyle = `:root {
  --surface: #f4f5f6; --paper: #ffffff; --text: #16191d; --quiet: #565d66; --line: #d5d9de; --accent: #0b57a4;
}
@media (prefers-color-scheme: dark) {
  :root { --surface: #101316; --paper: #1a1e22; --text: #f1f3f5; --quiet: #a8b0b9; --line: #363c43; --accent: #8ec2ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 420px; margin: 0 auto; padding: 24px 16px; background: var(--paper); min-height: 100vh; }
@media (min-width: 480px) { main { min-height: 0; margin: 24px auto; border: 1px solid var(--line); border-radius: 12px; padding: 24px; } }
h1 { margin: 16px 0 4px; font-size: 18px; line-height: 1.3; text-align: center; overflow-wrap: anywhere; }
p { margin: 0; overflow-wrap: anywhere; }
.centred { text-align: center; color: var(--quiet); }
.line { color: var(--quiet); font-size: 13px; white-space: pre-wrap; }
.strong { font-weight: 650; }
.pair + pre { margin-top: 16px; }
.pair { display: flex; justify-content: space-between; gap: 16px; margin: 0; padding: 2px 0; }
.pair dt { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
.pair dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.pair.strong { font-size: 18px; padding: 6px 0; }
hr { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
h1:first-child { margin-top: 0; }
pre { margin: 0; font: 12px/1.35 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.file { margin-top: 24px; text-align: center; }
a { color: var(--accent); display: inline-block; padding: 12px 16px; }
`;
