import type { PrintPiece } from "../print-piece.ts";
import type { ShownDocument } from "./paper.ts";

/** Whether whoever holds the paper may say how it was, and what they have said. */
export interface Rating {
  /** Where the form is sent. */
  readonly action: string;
  /** 1 to 5; undefined: nothing yet. */
  readonly given: number | undefined;
}

/**
 * A document as a page for a phone: no script, nothing from elsewhere, not to be found by searching.
 *
 * @param rating left out: nobody is asked how it was
 */
export function receiptPage({ title, locale, pieces }: ShownDocument, rating?: Rating): string {
  const words = wordsOf(locale);
  const content = [
    ...pieces.map(pieceHtml),
    ...(rating === undefined ? [] : [ratingHtml(rating, words)]),
    `<p class="file"><a href="?format=pdf">${words.file}</a></p>`,
  ];
  return pageOf(locale, title, content.join("\n"));
}

const scores = [1, 2, 3, 4, 5] as const;

interface PageWords {
  readonly file: string;
  readonly ask: string;
  readonly thanks: string;
  /** What the scores from 1 to 5 mean. */
  readonly scores: readonly string[];
}

const english: PageWords = {
  file: "Save as PDF",
  ask: "How was your visit?",
  thanks: "Thank you for telling us.",
  scores: ["very bad", "bad", "fair", "good", "very good"],
};

const words: Readonly<Record<string, PageWords>> = {
  de: {
    file: "Als PDF speichern",
    ask: "Wie war Ihr Besuch?",
    thanks: "Danke, dass Sie es uns sagen.",
    scores: ["sehr schlecht", "schlecht", "mittel", "gut", "sehr gut"],
  },
  es: {
    file: "Guardar como PDF",
    ask: "¿Qué tal su visita?",
    thanks: "Gracias por decírnoslo.",
    scores: ["muy mal", "mal", "regular", "bien", "muy bien"],
  },
};

const wordsOf = (locale: string): PageWords => words[locale.toLowerCase().slice(0, 2)] ?? english;

/** One tap says it; what was said stays to be seen and cannot be said twice. */
function ratingHtml(
  { action, given }: Rating,
  { ask, thanks, scores: meaning }: PageWords,
): string {
  if (given !== undefined)
    return `<p class="rating" role="status">${thanks} ${given}/5, ${meaning[given - 1] ?? ""}</p>`;
  const buttons = scores.map(
    (score) =>
      `<button name="score" value="${score}" aria-label="${score}/5, ${meaning[score - 1]}">${score}</button>`,
  );
  const ends = `<p class="ends"><span>${meaning[0]}</span><span>${meaning[4]}</span></p>`;
  return `<form class="rating" method="post" action="${escaped(action)}"><fieldset><legend>${ask}</legend>\n<div>${buttons.join("")}</div>\n${ends}</fieldset></form>`;
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
.rating { margin: 24px 0 0; text-align: center; }
.rating fieldset { margin: 0; border: 0; padding: 0; min-width: 0; }
.rating legend { padding: 0; margin: 0 auto 8px; font-weight: 650; }
.rating div { display: grid; grid-template-columns: repeat(5, minmax(44px, 64px)); gap: 8px; justify-content: center; }
.rating button { min-height: 48px; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); color: var(--text); font: inherit; font-size: 18px; font-variant-numeric: tabular-nums; }
.rating button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.ends { display: flex; justify-content: space-between; max-width: 352px; margin: 4px auto 0; color: var(--quiet); font-size: 13px; }
.file { margin-top: 24px; text-align: center; }
a { color: var(--accent); display: inline-block; padding: 12px 16px; }
`;
