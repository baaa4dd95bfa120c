import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { z } from "zod";
import { isMultipart, readMultipart } from "./multipart.ts";
import { BadPush, decodeText, longestPlate, type PushedBody } from "./push-format.ts";

/** A document that carries its pictures inside, as Base64. */
export const largestWithPictures = 8 * 1024 * 1024;

/** @throws BadPush when it is no JSON, or more than `most` bytes */
export function readJson(bytes: Buffer, path: string, most?: number): unknown {
  const text = decodeText(bytes, path, "utf-8", most);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BadPush(path, "is not JSON");
  }
}

/** @throws BadPush naming what is wrong, and where */
export function fitted<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first, ...more] = complaintsOf(parsed.error);
  throw new BadPush(first?.path || path, first?.message ?? "is not understood", more);
}

/**
 * The part of that name of a multipart body, else the body itself.
 *
 * @throws BadPush when there is no such part
 */
export function documentNamed(name: string, { contentType, bytes }: PushedBody): Buffer {
  if (!isMultipart(contentType)) return bytes;
  const document = readMultipart(bytes, contentType).find((part) => part.name === name);
  if (document !== undefined) return document.body;
  throw new BadPush("body", `no part named ${name}`);
}

export const plateText = z.string().max(longestPlate);
/** A vendor's id or name. */
export const someId = z.union([z.string().max(200), z.number()]).transform(String);

/** A number, or one that is written as a text; what is neither is no number. */
export const looseNumber = z
  .union([z.number(), z.string().max(40)])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === "") return undefined;
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  });
