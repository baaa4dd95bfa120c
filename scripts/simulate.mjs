import "./node-version.mjs";
await import("./simulate.ts");
