import "./node-version.mjs";
await import("./populate.ts");
