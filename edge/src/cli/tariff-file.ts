import { readFileSync, statSync } from "node:fs";
import type { Complaint } from "@gatehouse/shared/contracts/problem";
import { checkTariff, type Tariff } from "@gatehouse/shared/contracts/tariff";
import { LineCounter, parseDocument } from "yaml";

/** Larger than any tariff: five hundred events are about 200 kB. */
const bytesMax = 2 * 1024 * 1024;

export type TariffFile =
  | { readonly kind: "tariff"; readonly tariff: Tariff; readonly value: unknown }
  | { readonly kind: "bad"; readonly complaints: readonly Complaint[] };

/** Reads a tariff from a file, YAML or JSON, with everything that is wrong with it. */
export function readTariffFile(file: string): TariffFile {
  const text = textOf(file);
  if (text === undefined)
    return bad("cannot be read; name a YAML or JSON file of at most two megabytes");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const complaints = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { path: `line ${line}, column ${col}`, message: error.message.split("\n")[0] ?? "" };
    });
    return { kind: "bad", complaints };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return bad("uses YAML aliases (*name); write each part out");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return bad("is no tariff; begin with tariff_id, version, name, currency, valid_from and rates");
  const checked = checkTariff(value);
  if ("complaints" in checked) return { kind: "bad", complaints: checked.complaints };
  return { kind: "tariff", tariff: checked.tariff, value };
}

const bad = (message: string): TariffFile => ({
  kind: "bad",
  complaints: [{ path: "", message }],
});

function textOf(file: string): string | undefined {
  try {
    return statSync(file).size > bytesMax ? undefined : readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
