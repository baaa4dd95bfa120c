#!/usr/bin/env node
// An older Node cannot even load a TypeScript source.
const least = 24;

if (Number(process.versions.node.split(".")[0]) < least) {
  console.error(`Gatehouse needs Node ${least} or newer; this is ${process.version}.`);
  process.exit(2);
}
await import("../src/main.ts");
