import type { QueryConfig } from "pg";

/**
 * One SQL statement put together from parts, each of which binds its own values: a part that has nothing to do is
 * left out, and what is left runs in one round trip and one transaction.
 *
 * Every combination of parts is prepared once by each connection, under its name.
 */
export class Statement {
  readonly #parts: { readonly name: string; readonly sql: string }[] = [];
  readonly #values: unknown[] = [];

  /** Binds a value; the text that stands for it in SQL. `type` is PostgreSQL's name of its type. */
  bind(value: unknown, type: string): string {
    this.#values.push(value);
    return `$${this.#values.length}::${type}`;
  }

  /** A common table expression that later parts may name. */
  add(name: string, sql: string): this {
    this.#parts.push({ name, sql });
    return this;
  }

  /** Whether a part of that name was added before. */
  has(name: string): boolean {
    return this.#parts.some((part) => part.name === name);
  }

  query(name: string, final: string): QueryConfig {
    const parts = this.#parts.map((part) => `${part.name} as (${part.sql})`).join(",\n");
    const shape = [name, ...this.#parts.map((part) => part.name)].join("+");
    return { name: shortName(shape), text: `with ${parts}\n${final}`, values: this.#values };
  }
}

/** PostgreSQL tells names apart by their first 63 bytes only. */
const shortNames = new Map<string, string>();

function shortName(shape: string): string {
  const known = shortNames.get(shape) ?? `gatehouse-${shortNames.size + 1}`;
  shortNames.set(shape, known);
  return known;
}
