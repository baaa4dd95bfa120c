import "./node-version.mjs";
await import("./bench.ts");
