import { createHash } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * A small RTSP camera on loopback (RFC 2326): it describes one JPEG stream (RFC 2435), sends it interleaved in
 * the connection itself, and wants a Digest where it has a user.
 */
export class RtspCamera {
  /** Baseline JPEG files with the standard's own Huffman tables, shown in turn. */
  readonly #jpegs: readonly Buffer[];
  readonly #account: { readonly user: string; readonly password: string } | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Answers to DESCRIBE so far: how often somebody came. */
  visits = 0;
  /** Sends nothing while it is set, and keeps the connection. */
  isSilent = false;

  constructor(jpegs: readonly Buffer[], account?: { user: string; password: string }) {
    this.#jpegs = jpegs;
    this.#account = account;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Every connection breaks; new ones are welcome. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }

  get connections(): number {
    return this.#sockets.size;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let timer: NodeJS.Timeout | undefined;
    socket.on("close", () => {
      this.#sockets.delete(socket);
      clearInterval(timer);
    });
    socket.on("error", () => {});
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n")) {
        const request = text.slice(0, end);
        text = text.slice(end + 4);
        if (/^PLAY /m.test(request)) timer ??= this.#play(socket);
        socket.write(this.#answer(request));
      }
    });
  }

  #answer(request: string): string {
    const [method = "", url = ""] = request.replace(/^\$[^A-Z]*/, "").split(" ");
    const sequence = /^CSeq: *(\d+)/im.exec(request)?.[1] ?? "0";
    const head = (status: string, ...lines: string[]): string =>
      [`RTSP/1.0 ${status}`, `CSeq: ${sequence}`, ...lines, "", ""].join("\r\n");
    if (method === "OPTIONS") return head("200 OK", "Public: DESCRIBE, SETUP, PLAY, TEARDOWN");
    if (!this.#isKnown(request, method)) {
      return head("401 Unauthorized", `WWW-Authenticate: Digest realm="cam", nonce="n0nce"`);
    }
    if (method === "DESCRIBE") {
      this.visits += 1;
      const sdp =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 26\r\n";
      const type = [`Content-Base: ${url}/`, "Content-Type: application/sdp"];
      return head("200 OK", ...type, `Content-Length: ${sdp.length}`) + sdp;
    }
    if (method === "SETUP") {
      return head("200 OK", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1", "Session: 7");
    }
    return head("200 OK", "Session: 7");
  }

  #isKnown(request: string, method: string): boolean {
    if (this.#account === undefined) return true;
    const { user, password } = this.#account;
    const uri = /uri="([^"]*)"/.exec(request)?.[1] ?? "";
    const of = (text: string): string => createHash("md5").update(text).digest("hex");
    const response = of(`${of(`${user}:cam:${password}`)}:n0nce:${of(`${method}:${uri}`)}`);
    return request.includes(`response="${response}"`) && request.includes(`username="${user}"`);
  }

  #play(socket: Socket): NodeJS.Timeout {
    let [frame, sequence] = [0, 0];
    return setInterval(() => {
      const jpeg = this.#jpegs[frame % this.#jpegs.length];
      if (this.isSilent || jpeg === undefined) return;
      for (const packet of packets(jpeg, frame * 9000, sequence)) {
        socket.write(packet);
        sequence += 1;
      }
      frame += 1;
    }, 100);
  }
}

const payloadMax = 1200;

/** RTP packets (RFC 2435) within an RTSP connection (RFC 2326, 10.12): `$`, channel, length, packet. */
function packets(jpeg: Buffer, timestamp: number, firstSequence: number): Buffer[] {
  const { tables, data, width, height, type } = partsOf(jpeg);
  const made: Buffer[] = [];
  for (let from = 0; from < data.length; from += payloadMax) {
    const part = data.subarray(from, from + payloadMax);
    const isLast = from + payloadMax >= data.length;
    const rtp = Buffer.alloc(12);
    rtp.writeUInt8(0x80, 0);
    rtp.writeUInt8(26 | (isLast ? 0x80 : 0), 1);
    rtp.writeUInt16BE((firstSequence + made.length) & 0xffff, 2);
    rtp.writeUInt32BE(timestamp >>> 0, 4);
    rtp.writeUInt32BE(77, 8);
    const head = Buffer.alloc(8);
    head.writeUIntBE(from, 1, 3);
    head.set([type, 255, width / 8, height / 8], 4);
    const quantisation =
      from === 0 ? Buffer.from([0, 0, 0, tables.length, ...tables]) : Buffer.alloc(0);
    const packet = Buffer.concat([rtp, head, quantisation, part]);
    const frame = Buffer.from([0x24, 0, packet.length >> 8, packet.length & 0xff]);
    made.push(Buffer.concat([frame, packet]));
  }
  return made;
}

/** What of a JPEG file travels: its quantisation tables and its scan. */
function partsOf(jpeg: Buffer) {
  const tables: number[] = [];
  let [width, height, type] = [0, 0, 0];
  for (let at = 2; ;) {
    const marker = jpeg.readUInt16BE(at);
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (marker === 0xffdb) {
      for (let table = at + 4; table < end; table += 65)
        tables.push(...jpeg.subarray(table + 1, table + 65));
    }
    if (marker === 0xffc0) {
      [height, width] = [jpeg.readUInt16BE(at + 5), jpeg.readUInt16BE(at + 7)];
      // Sampling of the first component: 2 x 1 is type 0, 2 x 2 type 1.
      type = jpeg[at + 11] === 0x22 ? 1 : 0;
    }
    if (marker === 0xffda) return { tables, data: jpeg.subarray(end, -2), width, height, type };
    at = end;
  }
}
