/* MQTT 3.1.1 packets byte by byte, right and wrong: what a client library would never send. */

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

function lengthBytes(length: number): Buffer {
  const bytes: number[] = [];
  let left = length;
  do {
    bytes.push(left > 127 ? (left & 127) | 128 : left);
    left >>= 7;
  } while (left > 0);
  return Buffer.from(bytes);
}

export const packet = (head: number, ...body: readonly Buffer[]): Buffer => {
  const whole = Buffer.concat(body);
  return Buffer.concat([Buffer.from([head]), lengthBytes(whole.length), whole]);
};

const userName = 0x80;
const withPassword = 0x40;
const retainedWill = 0x20;
const will = 0x04;
const clean = 0x02;

export function connect(options: {
  readonly id: string;
  readonly user?: string;
  readonly password?: string;
  readonly keepAlive?: number;
  readonly version?: number;
  readonly persistent?: boolean;
  readonly will?: { readonly topic: string; readonly payload: string; readonly retain?: boolean };
}): Buffer {
  const { id, user, password, keepAlive = 60, version = 4 } = options;
  const flags =
    (options.persistent === true ? 0 : clean) |
    (user === undefined ? 0 : userName) |
    (password === undefined ? 0 : withPassword) |
    (options.will === undefined ? 0 : will | (options.will.retain === true ? retainedWill : 0));
  return packet(
    0x10,
    text(version === 3 ? "MQIsdp" : "MQTT"),
    Buffer.from([version, flags, keepAlive >> 8, keepAlive & 255, ...(version === 5 ? [0] : [])]),
    text(id),
    ...(options.will === undefined ? [] : [text(options.will.topic), text(options.will.payload)]),
    ...(user === undefined ? [] : [text(user)]),
    ...(password === undefined ? [] : [text(password)]),
  );
}

export function publish(
  topic: string,
  payload: string | Buffer,
  options: { readonly qos?: number; readonly retain?: boolean; readonly id?: number } = {},
): Buffer {
  const { qos = 0, retain = false, id = 1 } = options;
  return packet(
    0x30 | (qos << 1) | (retain ? 1 : 0),
    text(topic),
    Buffer.from(qos === 0 ? [] : [id >> 8, id & 255]),
    Buffer.from(payload),
  );
}

export const subscribe = (filter: string, qos = 0, id = 1): Buffer =>
  packet(0x82, Buffer.from([id >> 8, id & 255]), text(filter), Buffer.from([qos]));
export const unsubscribe = (filter: string): Buffer =>
  packet(0xa2, Buffer.from([0, 2]), text(filter));
export const ping = Buffer.from([0xc0, 0]);
export const disconnect = Buffer.from([0xe0, 0]);
