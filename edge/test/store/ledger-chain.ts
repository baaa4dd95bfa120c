import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import type { LedgerRow } from "../../src/store/ledger.ts";

/** What is wrong with a ledger, read from its first line; undefined when it is whole. */
export function chainFault(rows: readonly LedgerRow[]): string | undefined {
  let hash = genesisHash;
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) return `line ${index + 1} is missing`;
    hash = chainHash(hash, row.text);
    if (row.hash !== hash) return `line ${row.seq} does not continue the chain`;
    const { epoch, seq, type } = JSON.parse(row.text) as {
      epoch: number;
      seq: number;
      type: string;
    };
    if (epoch !== row.epoch || seq !== row.seq || type !== row.type)
      return `line ${row.seq} says that it is ${epoch}/${seq} ${type}`;
  }
  return undefined;
}
