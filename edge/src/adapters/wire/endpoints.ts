import { connect } from "node:net";
import { SerialPort } from "serialport";
import type { Endpoint } from "./line.ts";

const keepAliveMs = 10_000;

export function tcpEndpoint(host: string, port: number): Endpoint {
  return {
    address: `${host}:${port}`,
    open: (timeoutMs) =>
      new Promise((resolve, reject) => {
        const socket = connect({
          host,
          port,
          noDelay: true,
          keepAlive: true,
          keepAliveInitialDelay: keepAliveMs,
        });
        const giveUp = setTimeout(
          () => socket.destroy(new Error(`no connection in ${timeoutMs} ms`)),
          timeoutMs,
        );
        const fail = (error: Error): void => {
          clearTimeout(giveUp);
          reject(error);
        };
        socket.once("error", fail);
        socket.once("connect", () => {
          clearTimeout(giveUp);
          socket.off("error", fail);
          resolve({
            stream: socket,
            close: async () => void socket.destroy(),
          });
        });
      }),
  };
}

/** 8 data bits, no parity, one stop bit: what every board here ships with. */
export function serialEndpoint(path: string, baudRate: number): Endpoint {
  return {
    address: path,
    open: () =>
      new Promise((resolve, reject) => {
        const port = new SerialPort({ path, baudRate, autoOpen: false });
        port.open((error) => {
          if (error !== null) return reject(error);
          resolve({ stream: port, close: () => closed(port) });
        });
      }),
  };
}

/** A port whose adapter was pulled out is closed already; closing it again is no error. */
const closed = (port: SerialPort): Promise<void> =>
  new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
