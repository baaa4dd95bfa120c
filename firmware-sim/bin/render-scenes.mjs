#!/usr/bin/env node
if (Number(process.versions.node.split(".")[0]) < 24) {
  console.error(`render-scenes needs Node 24 or newer; this is ${process.version}.`);
  process.exit(2);
}
const { renderScenes } = await import("../src/main-scenes.ts");
process.exit(await renderScenes(process.argv.slice(2)));
