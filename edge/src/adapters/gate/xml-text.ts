import { BadPush } from "../lpr/push-format.ts";
import { readXml, type XmlElement } from "../lpr/xml-tree.ts";

/** @returns the text of the first element of that local name; undefined without one, or when it is not XML */
export function textOf(document: string, name: string): string | undefined {
  try {
    return elementIn(readXml(document, ""), name)?.text.trim();
  } catch (error) {
    if (!(error instanceof BadPush)) throw error;
    return undefined;
  }
}

function elementIn(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = elementIn(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
