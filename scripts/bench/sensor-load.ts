import { connect, type Socket } from "node:net";
import * as packets from "../../edge/test/wire/mqtt/packets.ts";

/*
 * Bay sensors in a process of their own. Without a pace they never rest: each keeps some messages unacknowledged
 * and sends the next one for each PUBACK. With one they send so many a second, all together, whatever is answered.
 * Arguments: port, messages under way of each, messages a second (0: no pace), and the sensors, each `id:password`.
 */

const [, , port = "", window = "", pace = "", ...sensors] = process.argv;
const tickMs = 20;
const acknowledgementBytes = 4;
const highestPacketId = 65_535;
/** How many messages a bay keeps its state: a car comes or goes now and then, the rest are heartbeats. */
const messagesAState = 500;

await Promise.all(sensors.map(run));
process.on("disconnect", () => process.exit());

async function run(sensor: string): Promise<void> {
  const [id = "", password = ""] = sensor.split(":");
  const socket = connect(Number(port), "127.0.0.1");
  socket.setNoDelay(true);
  socket.on("error", () => process.exit(1));
  socket.write(packets.connect({ id, user: id, password }));
  let sequence = 0;
  const message = (): Buffer => {
    sequence += 1;
    const occupied = Math.floor(sequence / messagesAState) % 2 === 0;
    const state = { boot: "bench", seq: sequence, occupied, confidence: 0.97, battery_pct: 92 };
    const packetId = (sequence % highestPacketId) + 1;
    return packets.publish(`bays/${id}/state`, JSON.stringify(state), { qos: 1, id: packetId });
  };
  await loggedIn(socket);
  if (Number(pace) > 0) return keepPace(socket, message);
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    const acknowledged = Math.floor(bytes / acknowledgementBytes);
    bytes %= acknowledgementBytes;
    socket.write(Buffer.concat(Array.from({ length: acknowledged }, message)));
  });
  socket.write(Buffer.concat(Array.from({ length: Number(window) }, message)));
}

/** Sends this sensor's share of the pace; what the clock missed is sent with the next tick. */
function keepPace(socket: Socket, message: () => Buffer): void {
  socket.resume();
  const from = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - from) / 1000) * (Number(pace) / sensors.length));
    if (due > sent) socket.write(Buffer.concat(Array.from({ length: due - sent }, message)));
    sent = Math.max(sent, due);
  }, tickMs);
}

async function loggedIn(socket: Socket): Promise<void> {
  const answer = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  if (answer.length !== acknowledgementBytes || answer[3] !== 0)
    throw new Error("the broker does not let the sensor in");
}
