import "./node-version.mjs";
await import("./evaluate.ts");
