#!/usr/bin/env node
if (Number(process.versions.node.split(".")[0]) < 24) {
  console.error(`firmware-sim needs Node 24 or newer; this is ${process.version}.`);
  process.exit(2);
}
const [planFile] = process.argv.slice(2);
if (planFile === undefined) {
  console.error("usage: firmware-sim PLAN.json");
  process.exit(64);
}
const { runSimulator } = await import("../src/main.ts");
await runSimulator(planFile);
process.exit(0);
