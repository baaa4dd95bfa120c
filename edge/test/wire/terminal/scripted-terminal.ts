import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished, vi } from "vitest";
import { hexBytes } from "../../adapters/terminal/hex-bytes.ts";
import { exitOn, patience } from "./car-at-exit.ts";

export const acknowledge = "80 00 00";

/** Connection, registration and last receipt, up to the idle terminal. */
export const opening: Script = [
  {
    hears: "06 00 10 00 00 00 BE 09 78 03 00 06 06 26 04 0A 02 06 D3",
    says: acknowledge,
  },
  { says: "06 0F 0A 19 00 29 29 00 12 34 49 09 78" },
  { hears: acknowledge },
  { hears: "05 01 00", says: `${acknowledge} 06 0F 00` },
  { hears: acknowledge },
  { hears: "06 20 03 00 00 00", says: `${acknowledge} 04 0F 05 27 00 87 00 41` },
  { hears: acknowledge, says: "06 0F 00" },
  { hears: acknowledge },
];

export type Script = readonly { readonly hears?: string; readonly says?: string }[];

/** A terminal that plays a script once and notes what it heard. */
export async function scripted(script: Script, notes: string[] = []) {
  const heard = notes;
  let left = [...script];
  let pending = Buffer.alloc(0);
  const play = (socket: Socket): void => {
    for (let [line] = left; line !== undefined; [line] = left) {
      const expected = hexBytes(line.hears ?? "");
      if (pending.length < expected.length) return;
      if (expected.length > 0) {
        heard.push(pending.subarray(0, expected.length).toString("hex"));
        pending = pending.subarray(expected.length);
      }
      left = left.slice(1);
      socket.write(hexBytes(line.says ?? ""));
    }
  };
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      play(socket);
    });
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const exit = exitOn((server.address() as AddressInfo).port, {}, { password: "000000" });
  onTestFinished(() => exit.stop());
  await vi.waitUntil(() => exit.isOnline(), patience);
  return { exit, heard, isOver: () => left.length === 0 };
}

export const wires = (script: Script): string[] =>
  script.flatMap(({ hears }) => (hears === undefined ? [] : [hexBytes(hears).toString("hex")]));
