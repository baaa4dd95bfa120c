import sax from "sax";
import { BadPush } from "./push-format.ts";

/** An element by its local name: prefixes and namespaces differ between firmwares and mean nothing here. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Draft {
  name: string;
  text: string;
  children: Draft[];
}

const deepest = 20;
const elementsMax = 2000;

/**
 * Reads a whole document. Attributes are left out. Entities that a document declares itself are not expanded:
 * a document type is refused before anything of it counts.
 *
 * @param most so many elements are read
 * @throws BadPush with the line at which it stops being XML
 */
export function readXml(text: string, path: string, most = elementsMax): XmlElement {
  const parser = sax.parser(true, { trim: true });
  const open: Draft[] = [];
  let root: Draft | undefined;
  let elements = 0;
  const refuse = (why: string): never => {
    throw new BadPush(path, `line ${parser.line + 1}: ${why}`);
  };
  parser.onerror = (error) => refuse(error.message.split("\n")[0] ?? "not XML");
  parser.ondoctype = () => refuse("a document type is not accepted");
  parser.onopentag = ({ name }) => {
    elements += 1;
    if (elements > most) refuse(`more than ${most} elements`);
    if (open.length === deepest) refuse(`elements nested deeper than ${deepest}`);
    const element = { name: name.slice(name.indexOf(":") + 1), text: "", children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  const add = (more: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => void open.pop();
  parser.write(text).close();
  return root ?? refuse("holds no element");
}

/** The text of the first element on the way through these names; undefined when it is absent or empty. */
export function textAt(element: XmlElement, ...way: readonly string[]): string | undefined {
  const text = elementAt(element, ...way)?.text.trim();
  return text === "" ? undefined : text;
}

export function elementAt(element: XmlElement, ...way: readonly string[]): XmlElement | undefined {
  return way.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );
}
