import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./src/store/schema.ts",
    "./src/store/money-schema.ts",
    "./src/store/people-schema.ts",
    "./src/store/report-schema.ts",
    "./src/store/stored-schema.ts",
    "./src/store/enrolment-schema.ts",
    "./src/store/outlook-schema.ts",
    "./src/store/retention-schema.ts",
    "./src/store/rules-schema.ts",
    "./src/store/notify-schema.ts",
    "./src/store/upkeep-schema.ts",
    "./src/store/api-schema.ts",
  ],
  out: "./src/store/migrations",
  casing: "snake_case",
});
