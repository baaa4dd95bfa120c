import { integer, text } from "drizzle-orm/sqlite-core";

/** An object, kept as JSON. */
export const json = (name: string) =>
  text(name, { mode: "json" }).$type<Readonly<Record<string, unknown>>>();

export const flag = (name: string) => integer(name, { mode: "boolean" });
