import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { BrokerLimits } from "./limits.ts";
import { PacketHeads } from "./packet-heads.ts";
import type { Reason } from "./refusals.ts";
import { TokenBucket } from "./token-bucket.ts";

type Limits = Pick<
  BrokerLimits,
  "connectBytes" | "packetBytes" | "tokensPerSecond" | "tokenBurst" | "overRateMs"
>;

export interface ConnectionEvents {
  /** The connection ends for this reason. */
  onRefused(reason: Reason): void;
  /** The client is over its rate and not read for a moment. */
  onHeld(): void;
}

/**
 * A client's TCP connection, read no faster than the client may speak and no further than a packet may reach,
 * before a byte meets the broker's parser. What is over the rate stays in the socket: TCP slows the client down
 * and nothing is lost; who never keeps within the rate is cut off.
 */
export class GuardedConnection extends Duplex {
  readonly remote: string;
  /** Whose it is, once it is logged in. */
  #clientId: string | undefined;
  readonly #socket: Socket;
  readonly #limits: Limits;
  readonly #events: ConnectionEvents;
  readonly #heads = new PacketHeads();
  #bucket: TokenBucket;
  #packetBytes: number;
  #admitted = false;
  #bytesBeforeLogin = 0;
  #saidGoodbye = false;
  #heldBack: Buffer | undefined;
  #holding: NodeJS.Timeout | undefined;
  #overRateSince: number | undefined;
  #afterDrain: (() => void) | undefined;

  constructor(socket: Socket, limits: Limits, events: ConnectionEvents) {
    super({ readableHighWaterMark: limits.packetBytes, allowHalfOpen: false });
    this.remote = socket.remoteAddress ?? "gone";
    this.#socket = socket;
    this.#limits = limits;
    this.#packetBytes = limits.packetBytes;
    this.#events = events;
    this.#bucket = new TokenBucket(limits.tokensPerSecond, limits.tokenBurst, performance.now());
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("end", () => this.push(null));
    socket.on("drain", () => this.#goOnWriting());
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
    socket.pause();
  }

  /** The client sent DISCONNECT: it leaves in order. */
  get saidGoodbye(): boolean {
    return this.#saidGoodbye;
  }

  /** The client's id, or before it is known the address. */
  get who(): string {
    return this.#clientId ?? this.remote;
  }

  /** The client is logged in: from now on it spends from its own bucket, and may send what its kind may. */
  admit(clientId: string, bucket: TokenBucket, packetBytes: number): void {
    this.#clientId = clientId;
    this.#admitted = true;
    this.#bucket = bucket;
    this.#packetBytes = packetBytes;
  }

  override _read(): void {
    if (this.#holding === undefined) this.#socket.resume();
  }

  override _writev(
    chunks: { readonly chunk: Buffer }[],
    callback: (error?: Error | null) => void,
  ): void {
    this.#socket.cork();
    let flows = true;
    for (const { chunk } of chunks) flows = this.#socket.write(chunk);
    this.#socket.uncork();
    if (flows) callback();
    else this.#afterDrain = callback;
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#socket.end(() => callback());
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.#holding);
    this.#heldBack = undefined;
    this.#socket.destroy();
    callback(error);
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    if (this.#holding !== undefined) {
      // A paused socket may still hand over what it had already read.
      this.#heldBack = Buffer.concat([this.#heldBack ?? Buffer.alloc(0), chunk]);
      return;
    }
    if (!this.#admitted) {
      this.#bytesBeforeLogin += chunk.length;
      if (this.#bytesBeforeLogin > this.#limits.connectBytes) return this.#refuse("before_login");
    }
    this.#pass(chunk);
  }

  /** Passes on the whole packets that the client may send now and holds the rest back. */
  #pass(chunk: Buffer): void {
    let passed = 0;
    let pauseMs = 0;
    while (passed < chunk.length && pauseMs === 0) {
      passed = this.#heads.advance(chunk, passed);
      const head = this.#heads.taken();
      if (head === undefined) continue;
      if (head === "malformed") return this.#refuse("malformed");
      if (head.length > this.#packetBytes) return this.#refuse("packet_size");
      this.#saidGoodbye ||= head.type === disconnectType;
      pauseMs = this.#bucket.spend(1 + Math.floor(head.length / 1024), performance.now());
    }
    const rest = passed < chunk.length ? chunk.subarray(passed) : undefined;
    if (pauseMs > 0) this.#hold(rest, pauseMs);
    else this.#overRateSince = undefined;
    if (this.destroyed) return;
    const wantsMore =
      passed === 0 || this.push(rest === undefined ? chunk : chunk.subarray(0, passed));
    if (!wantsMore) this.#socket.pause();
  }

  #hold(rest: Buffer | undefined, pauseMs: number): void {
    const now = performance.now();
    this.#overRateSince ??= now;
    if (now - this.#overRateSince > this.#limits.overRateMs) return this.#refuse("rate");
    this.#events.onHeld();
    this.#socket.pause();
    this.#heldBack = rest;
    this.#holding = setTimeout(() => this.#goOnReading(), pauseMs);
  }

  #goOnReading(): void {
    this.#holding = undefined;
    const chunk = this.#heldBack;
    this.#heldBack = undefined;
    if (chunk !== undefined) this.#pass(chunk);
    if (this.#holding === undefined && !this.destroyed) this.#socket.resume();
  }

  #goOnWriting(): void {
    const callback = this.#afterDrain;
    this.#afterDrain = undefined;
    callback?.();
  }

  #refuse(reason: Reason): void {
    this.#events.onRefused(reason);
    this.destroy();
  }
}

const disconnectType = 14;
