import { BadPush } from "./push-format.ts";

/** One part of a multipart/form-data body. */
export interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly body: Buffer;
}

/** A camera sends a document and a few pictures. */
const partsMax = 20;
const partHeadMax = 8 * 1024;
const boundaryMax = 200;

export const isMultipart = (contentType: string): boolean =>
  /^\s*multipart\/form-data\b/i.test(contentType);

/**
 * Cuts a whole body into its parts (RFC 7578). Tolerates what cameras do: bare line feeds, unquoted names and
 * a missing close after the last part's end.
 *
 * @throws BadPush when a part has no end or no name, or when there are too many
 */
export function readMultipart(bytes: Buffer, contentType: string): FormPart[] {
  const delimiter = Buffer.from(`--${boundaryOf(contentType)}`, "latin1");
  const parts: FormPart[] = [];
  let at = delimiterAt(bytes, delimiter, 0);
  if (at === undefined) throw new BadPush("body", "the multipart boundary does not occur");
  while (!isClose(bytes, at.end)) {
    if (parts.length === partsMax) throw new BadPush("body", `more than ${partsMax} parts`);
    const place = `part ${parts.length + 1}`;
    const head = headOf(bytes, at.end, place);
    const next = delimiterAt(bytes, delimiter, head.end);
    if (next === undefined) throw new BadPush(place, "the body ends in the middle of this part");
    const body = bytes.subarray(head.end, Math.max(head.end, next.start));
    parts.push({ ...disposition(head.text, place), body });
    at = next;
  }
  return parts;
}

function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary !== undefined && boundary.length <= boundaryMax) return boundary;
  throw new BadPush("content-type", "multipart/form-data without a usable boundary");
}

/**
 * The next delimiter at the beginning of a line: `start` is where the content before it ends (without the
 * line end that belongs to the delimiter), `end` follows the delimiter.
 */
function delimiterAt(bytes: Buffer, delimiter: Buffer, from: number) {
  for (let at = bytes.indexOf(delimiter, from); at !== -1; at = bytes.indexOf(delimiter, at + 1)) {
    const end = at + delimiter.length;
    if (at === 0) return { start: 0, end };
    if (bytes[at - 1] !== lineFeed || !isLineEnd(bytes, end)) continue;
    return { start: bytes[at - 2] === carriageReturn ? at - 2 : at - 1, end };
  }
  return undefined;
}

/** A boundary may begin another, longer one: after it only a line end, spaces or the close may stand. */
const isLineEnd = (bytes: Buffer, at: number): boolean =>
  at >= bytes.length || /^(--|[ \t]*\r?\n)/.test(bytes.toString("latin1", at, at + 80));

/** Two dashes, or nothing but white space to the end. */
const isClose = (bytes: Buffer, at: number): boolean =>
  bytes.toString("latin1", at, at + 2) === "--" ||
  (bytes.length - at < 80 && bytes.toString("latin1", at).trim() === "");

function headOf(bytes: Buffer, from: number, place: string): { text: string; end: number } {
  const text = bytes.toString("latin1", from, from + partHeadMax);
  const blank = /\r?\n\r?\n/.exec(text);
  if (blank === null) throw new BadPush(place, "its head does not end");
  const end = from + blank.index + blank[0].length;
  return { text: text.slice(0, blank.index), end };
}

function disposition(head: string, place: string): { name: string; fileName: string | undefined } {
  const line = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const parameter = (key: string): string | undefined => {
    const match = new RegExp(`;\\s*${key}=(?:"([^"]*)"|([^\\s;]+))`, "i").exec(line);
    return match?.[1] ?? match?.[2];
  };
  const name = parameter("name");
  if (name === undefined) throw new BadPush(place, "has no name in its content-disposition");
  return { name, fileName: parameter("filename") };
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
