/** Where a page ended: the moment and the id of its last row. */
export interface PageEnd {
  readonly at: string;
  readonly id: string;
}

/** A page's end as an opaque word. */
export const cursorOf = ({ at, id }: PageEnd): string =>
  Buffer.from(JSON.stringify([at, id])).toString("base64url");

/** @returns undefined when it is no cursor of ours */
export function endOfCursor(cursor: string): PageEnd | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(read) || read.length !== 2) return undefined;
    const [at, id]: unknown[] = read;
    if (typeof at !== "string" || typeof id !== "string" || Number.isNaN(Date.parse(at)))
      return undefined;
    return id.includes("\0") ? undefined : { at, id };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Conditions of one question, each with its own parameter. */
export class Conditions {
  readonly values: unknown[];
  readonly #parts: string[] = [];

  constructor(...values: readonly unknown[]) {
    this.values = [...values];
  }

  /** @param sql with `?` where the value stands; nothing is added for an undefined value */
  add(sql: string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.#parts.push(sql.replaceAll("?", `$${this.values.length}`));
    return this;
  }

  /** A condition without a value. */
  fix(sql: string): this {
    this.#parts.push(sql);
    return this;
  }

  get sql(): string {
    return this.#parts.join(" and ");
  }
}
