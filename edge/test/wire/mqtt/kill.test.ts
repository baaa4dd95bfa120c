import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forkServer } from "./broker-process.ts";
import * as packets from "./packets.ts";
import { RawClient } from "./raw-client.ts";
import { bayPayload, nameOf, until } from "./test-broker.ts";

const puback = 4;
const sensors = Array.from({ length: 20 }, (_, index) => `bay-${index}`);
const inFlight = 5;
const program = new URL("./durable-broker.ts", import.meta.url);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-mqtt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Publishes without a pause, a few unacknowledged at a time; `acknowledged` grows with every PUBACK. */
async function sensorThatNeverRests(
  client: RawClient,
  id: string,
  boot: string,
  acknowledged: Set<string>,
): Promise<void> {
  let sent = 0;
  const send = (): void => {
    sent += 1;
    const payload = bayPayload(sent, boot);
    client.send(packets.publish(`bays/${id}/state`, payload, { qos: 1, id: sent }));
  };
  for (let count = 0; count < inFlight; count += 1) send();
  for (let answer = await client.next(puback); answer; answer = await client.next(puback)) {
    acknowledged.add(`${id} ${boot} ${answer.body.readUInt16BE(0)}`);
    send();
  }
}

test("after kill -9 every acknowledged message is in the file, eight times over", async () => {
  const file = join(folder, "observations.db");
  const acknowledged = new Set<string>();
  for (let round = 1; round <= 8; round += 1) {
    const broker = await forkServer(program, [file, ...sensors]);
    const before = acknowledged.size;
    const clients = await Promise.all(
      sensors.map((id) => RawClient.login(broker.port, nameOf(id))),
    );
    const all = clients.map((client, index) =>
      sensorThatNeverRests(client, sensors[index] ?? "", `run ${round}`, acknowledged),
    );
    await until(() => acknowledged.size > before + 137 * round);
    await broker.kill();
    await Promise.all(all);
  }
  const database = new Database(file, { readonly: true });
  const kept = new Set(
    database
      .prepare("select sensor || ' ' || boot || ' ' || sequence from observation")
      .pluck()
      .all(),
  );
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
  expect(acknowledged.difference(kept)).toEqual(new Set());
  expect(acknowledged.size).toBeGreaterThan(137 * 36);
});
