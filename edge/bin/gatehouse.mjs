#!/usr/bin/env node
// An older Node cannot even load a TypeScript source, and a native module dies on it without a word.
const least = 24;

if (Number(process.versions.node.split(".")[0]) < least) {
  console.error(
    `Gatehouse needs Node ${least} or newer; this is ${process.version}. ` +
      "Run it as `npx gatehouse` in its own folder, which brings one on Linux x64, " +
      "or put node_modules/.bin first on the PATH.",
  );
  process.exit(3);
}

const { main } = await import("../src/cli.ts");
await main();
