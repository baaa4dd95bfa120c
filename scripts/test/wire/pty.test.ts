import { once } from "node:events";
import pty from "@lydell/node-pty";
import { SerialPort } from "serialport";
import { expect, test } from "vitest";

test("a serial port on a pty passes bytes both ways", async () => {
  // A quiet child holds the pty open; its other side is an ordinary serial device file.
  const device = pty.spawn("sleep", ["600"], { encoding: null });
  const { _pty: path } = device as unknown as { _pty: string };
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  try {
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error === null ? resolve() : reject(error)));
    });

    const atPort = once(port, "data");
    device.write(Buffer.from([0x01, 0x03, 0xff, 0x0d]) as unknown as string);
    expect([...((await atPort) as [Buffer])[0]]).toEqual([0x01, 0x03, 0xff, 0x0d]);

    const atDevice = new Promise<Buffer>((resolve) => {
      device.onData((data) => resolve(data as unknown as Buffer));
    });
    port.write(Buffer.from([0x10, 0x80, 0x0a]));
    expect([...(await atDevice)]).toEqual([0x10, 0x80, 0x0a]);
  } finally {
    if (port.isOpen) await new Promise((resolve) => port.close(resolve));
    device.kill();
  }
});
