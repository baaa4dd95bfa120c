/** What the broker grants its clients. Times and rates are real: they protect the machine, not the car park. */
export interface BrokerLimits {
  /** Connections at once, logged in or not: every space's sensor and a reserve for half-open ones. */
  readonly connections: number;
  readonly connectsPerSecond: number;
  readonly connectBurst: number;
  /** Before a client is logged in. */
  readonly connectBytes: number;
  readonly connectWaitMs: number;
  readonly packetBytes: number;
  readonly topicLevels: number;
  /** A client must promise to speak at least this often; silent half as long again, it is cut off. */
  readonly keepAliveSeconds: number;
  /** A packet costs one token, and one more for each full KiB. */
  readonly tokensPerSecond: number;
  readonly tokenBurst: number;
  /** Of a camera, whose frames carry pictures. */
  readonly cameraPacketBytes: number;
  readonly cameraTokensPerSecond: number;
  readonly cameraTokenBurst: number;
  /** A client that never keeps within its rate for so long is cut off. */
  readonly overRateMs: number;
  /** A client that does not read for so long is cut off. */
  readonly drainMs: number;
  /** Messages between publisher and subscribers: under delivery at once, and waiting. */
  readonly deliveriesAtOnce: number;
  readonly deliveriesWaiting: number;
  /** Messages of one durable group. */
  readonly group: number;
  /** Messages held unacknowledged while the disk is full: of one client, and of all. */
  readonly heldPerClient: number;
  readonly held: number;
  readonly heldRetryMs: number;
  /** Messages of QoS 2 that a client may leave half done. */
  readonly halfDone: number;
  readonly slowdown: SlowdownLimits;
}

export interface SlowdownLimits {
  readonly freeTries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After so long without a failure all is forgotten. */
  readonly forgetMs: number;
  readonly remembered: number;
}

export const brokerLimits: BrokerLimits = {
  connections: 12_000,
  connectsPerSecond: 200,
  connectBurst: 400,
  connectBytes: 4096,
  connectWaitMs: 5000,
  packetBytes: 64 * 1024,
  topicLevels: 10,
  keepAliveSeconds: 60,
  tokensPerSecond: 50,
  tokenBurst: 200,
  cameraPacketBytes: 9 * 1024 * 1024,
  cameraTokensPerSecond: 4000,
  cameraTokenBurst: 20_000,
  overRateMs: 10_000,
  drainMs: 2000,
  deliveriesAtOnce: 100,
  deliveriesWaiting: 50_000,
  group: 500,
  heldPerClient: 200,
  held: 20_000,
  heldRetryMs: 1000,
  halfDone: 20,
  slowdown: {
    freeTries: 3,
    firstWaitMs: 1000,
    longestWaitMs: 30_000,
    forgetMs: 60_000,
    remembered: 1000,
  },
};
