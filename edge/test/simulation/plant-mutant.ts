import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { mutants } from "./mutants.ts";

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
const target = pathToFileURL(`${new URL(mutant.file, root).pathname}`).href;
let isPlanted = false;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const source = String(loaded.source);
    const parts = source.split(mutant.snippet);
    if (parts.length !== 2) {
      throw new Error(
        `mutant ${name}: its snippet stands ${parts.length - 1} times in ${mutant.file}, not once`,
      );
    }
    isPlanted = true;
    return { ...loaded, source: parts.join(mutant.replacement) };
  },
});

process.on("exit", (code) => {
  if (isPlanted || code !== 0) return;
  console.error(`mutant ${name}: ${mutant.file} was never loaded`);
  process.exitCode = 3;
});
