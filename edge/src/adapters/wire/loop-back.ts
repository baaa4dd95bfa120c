import { withCrc } from "@gatehouse/shared/crc16-modbus";

const diagnosticsFunction = 8;

/**
 * A request that has a unit repeat a number which no other request carries (Modbus function 8, "return query
 * data"). A unit answers in order, and one that does not know the function refuses it: either way nothing that
 * was asked before can still come.
 *
 * @param token 0–65535, another one each time
 */
export const loopBackRequest = (unit: number, token: number): Buffer =>
  Buffer.from(
    withCrc(Uint8Array.from([unit, diagnosticsFunction, 0, 0, token >>> 8, token & 0xff])),
  );
