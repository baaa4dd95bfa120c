/** One piece of what is printed, from the top. The same pieces make a paper, a PDF and a page. */
export type PrintPiece =
  | {
      readonly kind: "line";
      readonly text: string;
      readonly style?: "title" | "centred" | "strong";
    }
  /** Words on the left, an amount or a time on the right; long words break, the right stays whole. */
  | {
      readonly kind: "pair";
      readonly left: string;
      readonly right: string;
      readonly strong?: boolean;
    }
  /** A line across the paper. */
  | { readonly kind: "rule" }
  /** Text that somebody else has laid out, in letters of one width: its spaces count. */
  | { readonly kind: "as-is"; readonly text: string }
  /** A QR code with this text, about 3 cm wide. */
  | { readonly kind: "qr"; readonly text: string };
