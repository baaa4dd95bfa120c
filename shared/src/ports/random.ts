/** The only source of chance and of identifiers. */
export interface Random {
  /** A number in [0, 1). */
  fraction(): number;
  /** A new unique identifier (UUID text; version 7 in production, so that ids sort by time). */
  id(): string;
}
