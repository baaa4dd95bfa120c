import { registerHooks } from "node:module";
import { mutants, plant } from "./mutants.ts";

/*
 * Preloaded (`node --import`) into a process that is to run with a mistake in it: GATEHOUSE_MUTANT names which.
 * A mutant that no longer fits its file ends the process; it must never pass for the product itself.
 */
const root = new URL("../../../", import.meta.url);
const name = process.env["GATEHOUSE_MUTANT"] ?? "";
const mutant = mutants.find((known) => known.name === name);
if (mutant === undefined) {
  throw new Error(
    `GATEHOUSE_MUTANT=${name}: write ${mutants.map((known) => known.name).join(", ")}`,
  );
}
const target = new URL(mutant.file, root).href;
let isPlanted = false;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const { source: read } = loaded;
    const text = typeof read === "string" ? read : new TextDecoder().decode(read ?? undefined);
    const source = plant(mutant, text);
    isPlanted = true;
    return { ...loaded, source };
  },
});

process.on("exit", (code) => {
  if (isPlanted || code !== 0) return;
  console.error(`mutant ${name}: ${mutant.file} was never loaded`);
  process.exitCode = 3;
});
