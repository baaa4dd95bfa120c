/** Reads a JSON text. @returns undefined when it is none; `null` is a JSON text too */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
