import { simulate } from "../edge/test/simulation/simulate.ts";

process.exitCode = await simulate(process.argv.slice(2));
