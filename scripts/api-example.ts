import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@gatehouse/shared/client/client";
import { listFacilities } from "@gatehouse/shared/contracts/v1/office";
import { getRevenue } from "@gatehouse/shared/contracts/v1/reports";

const [url = "", token = "", from = "", to = ""] = process.argv.slice(2);
const client = new Client({
  url,
  token,
  clock: { sleep: (pause) => sleep(pause) },
  random: { fraction: Math.random, id: randomUUID },
});

for await (const { facilities } of client.pages(listFacilities, { query: { limit: 100 } }))
  for (const { facility_id, name } of facilities) {
    const told = await client.ask(getRevenue, { params: { facility_id }, query: { from, to } });
    if (told.kind === "problem") console.error(`${name}: ${told.problem.title}`);
    if (told.kind === "answer")
      console.log(
        `${name}: ${told.answer.total_revenue_minor} in ${told.answer.transaction_count}`,
      );
  }
