import fc from "fast-check";

/** Any plate of 3 to 9 characters, most of them look-alikes. */
export const plateText = fc.string({
  unit: fc.constantFrom(...Array.from("ABDGIOQSTUZ0125678XWKM")),
  minLength: 3,
  maxLength: 9,
});
