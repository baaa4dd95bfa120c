/** What a write came to. */
export type Written = "done" | "no-address" | "bad-value";

/** What a board keeps behind its function codes. Addresses from 0; undefined means "no such address". */
export interface RegisterMap {
  coil(address: number): boolean | undefined;
  discrete(address: number): boolean | undefined;
  holding(address: number): number | undefined;
  inputRegister(address: number): number | undefined;
  /** @param value the sixteen bits of function 5: FF00 on, 0000 off, anything else as the maker likes */
  setCoil(address: number, value: number): Written;
  setHolding(address: number, value: number): Written;
}

/** Modbus Application Protocol 1.1b3: exceptions 1 to 4. */
export const exceptions = { function: 1, address: 2, value: 3, failure: 4 } as const;

const coilOn = 0xff00;
const bitsMax = 2000;
const registersMax = 125;
const bitsWrittenMax = 1968;
const registersWrittenMax = 123;

class Refusal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exception ${code}`);
    this.code = code;
  }
}

/** Does what a request says (function and data, without unit and CRC) and makes its answer. Never throws. */
export function answerRequest(map: RegisterMap, request: Buffer): Buffer {
  try {
    return serve(map, request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusal(request, error.code);
  }
}

export const refusal = (request: Buffer, code: number): Buffer =>
  Buffer.from([(request[0] ?? 0) | 0x80, code]);

function serve(map: RegisterMap, request: Buffer): Buffer {
  switch (request[0]) {
    case 1:
      return readBits(request, (address) => map.coil(address));
    case 2:
      return readBits(request, (address) => map.discrete(address));
    case 3:
      return readRegisters(request, (address) => map.holding(address));
    case 4:
      return readRegisters(request, (address) => map.inputRegister(address));
    case 5:
      return writeOne(request, (address, value) => map.setCoil(address, value));
    case 6:
      return writeOne(request, (address, value) => map.setHolding(address, value));
    case 8:
      return loopBack(request);
    case 15:
      return writeBits(map, request);
    case 16:
      return writeRegisters(map, request);
    default:
      throw new Refusal(exceptions.function);
  }
}

function readBits(request: Buffer, bit: (address: number) => boolean | undefined): Buffer {
  const { address, count } = span(request, bitsMax);
  const answer = Buffer.alloc(2 + Math.ceil(count / 8));
  answer[0] = request[0] ?? 0;
  answer[1] = answer.length - 2;
  for (let index = 0; index < count; index++) {
    const at = 2 + (index >> 3);
    if (known(bit(address + index))) answer[at] = (answer[at] ?? 0) | (1 << (index & 7));
  }
  return answer;
}

function readRegisters(request: Buffer, register: (address: number) => number | undefined): Buffer {
  const { address, count } = span(request, registersMax);
  const answer = Buffer.alloc(2 + count * 2);
  answer[0] = request[0] ?? 0;
  answer[1] = count * 2;
  for (let index = 0; index < count; index++) {
    answer.writeUInt16BE(known(register(address + index)) & 0xffff, 2 + index * 2);
  }
  return answer;
}

function writeOne(request: Buffer, write: (address: number, value: number) => Written): Buffer {
  requireLength(request, 5);
  requireDone(write(request.readUInt16BE(1), request.readUInt16BE(3)));
  return request;
}

function loopBack(request: Buffer): Buffer {
  requireLength(request, 5);
  if (request.readUInt16BE(1) !== 0) throw new Refusal(exceptions.value);
  return request;
}

function writeBits(map: RegisterMap, request: Buffer): Buffer {
  const { address, count } = span(request, bitsWrittenMax, Math.ceil);
  for (let index = 0; index < count; index++) known(map.coil(address + index));
  for (let index = 0; index < count; index++) {
    const isOn = ((request[6 + (index >> 3)] ?? 0) >> (index & 7)) & 1;
    requireDone(map.setCoil(address + index, isOn ? coilOn : 0));
  }
  return request.subarray(0, 5);
}

function writeRegisters(map: RegisterMap, request: Buffer): Buffer {
  const { address, count } = span(request, registersWrittenMax, (eighths) => eighths * 16);
  for (let index = 0; index < count; index++) known(map.holding(address + index));
  for (let index = 0; index < count; index++) {
    requireDone(map.setHolding(address + index, request.readUInt16BE(6 + index * 2)));
  }
  return request.subarray(0, 5);
}

/** Address and count of a request; a write of several has its bytes behind them, counted from eighths of the count. */
function span(
  request: Buffer,
  most: number,
  bytesOf?: (eighths: number) => number,
): { address: number; count: number } {
  if (request.length < 5) throw new Refusal(exceptions.value);
  const address = request.readUInt16BE(1);
  const count = request.readUInt16BE(3);
  if (count < 1 || count > most) throw new Refusal(exceptions.value);
  const bytes = bytesOf?.(count / 8);
  requireLength(request, bytes === undefined ? 5 : 6 + bytes);
  if (bytes !== undefined && request[5] !== bytes) throw new Refusal(exceptions.value);
  return { address, count };
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal(exceptions.address);
  return value;
}

function requireLength(request: Buffer, length: number): void {
  if (request.length !== length) throw new Refusal(exceptions.value);
}

function requireDone(written: Written): void {
  if (written === "no-address") throw new Refusal(exceptions.address);
  if (written === "bad-value") throw new Refusal(exceptions.value);
}
