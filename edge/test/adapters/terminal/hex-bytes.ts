/** Bytes as the protocol pages print them: pairs of digits with spaces. */
export const hexBytes = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
