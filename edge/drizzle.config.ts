import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate` in this folder writes the next migration of the book. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./src/store/*schema.ts",
  out: "./drizzle",
});
