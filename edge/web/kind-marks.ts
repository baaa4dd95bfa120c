/**
 * What a kind of space is marked with: strokes about the point 0, 0, at most 7 from it. Lines of our own, because a
 * bare machine may lack a font with signs for them.
 */
export const kindMarks: Readonly<Record<string, readonly string[]>> = {
  accessible: ["M-1-6.500h.1", "M-1-4v4.500h4l1.500 3.500", "M1.500 3.200a4 4 0 1 1-4-5"],
  ev: ["M1.500-6.500-3.500 .800H.500L-1 6.500 4-1H0z"],
  motorcycle: [
    "M-7 2a2.800 2.800 0 1 0 5.600 0a2.800 2.800 0 1 0-5.600 0",
    "M1.500 2a2.800 2.800 0 1 0 5.600 0a2.800 2.800 0 1 0-5.600 0",
    "M-4 2-1-2h4l1.500 4M1-2 2-5h2",
  ],
  family: ["M-4-5h.1M-4-2.500V5M4-1.500h.1M4 1V5M-6-1.500h4M2.500 1.500h3"],
  compact: ["M-5 3h10M-4 3v-3l2-3h4l2 3v3"],
  oversize: ["M-7 4h14M-6 4v-8h8v8M2 4V-1h3l2 3v2"],
  reserved: [
    "M0-5 1.500-1.500 5-1 2.400 1.400 3.200 5 0 3.100-3.200 5-2.400 1.400-5-1-1.500-1.500z",
  ],
};
