import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";
import type { ModbusBus, RequestOptions } from "./modbus-bus.ts";

export const modbusAddress = z
  .number()
  .int()
  .min(0)
  .max(65_535, "write the address as on the wire, 0 to 65535");

/** What a relay does while nobody talks to its board: `secure` opens its contact, `open` closes the one on OPEN. */
export type WhenAlone = "secure" | "open";

const setting = z.number().int().min(0).max(65_535);

/** A value that a board must keep, for example what it does when nobody talks to it any more. */
export const BoardSetting = z.strictObject({
  /** For the technician who reads that a board does not keep it. */
  why: z.string().min(1),
  table: z.enum(["coil", "holding"], { error: "write coil or holding" }),
  address: modbusAddress,
  /** `channel`: the address is the first channel's, and each channel used has its own behind it. */
  per: z.enum(["board", "channel"], { error: "write board or channel" }),
  /** One for each way of a relay left alone, where it makes the difference. */
  value: z.union([setting, z.strictObject({ secure: setting, open: setting })], {
    error: "write a number of 16 bits, or one for secure and one for open",
  }),
});
export type BoardSetting = z.infer<typeof BoardSetting>;

/** Whether these settings can make a relay open the barrier when nobody talks to its board. */
export const canOpenAlone = (settings: readonly BoardSetting[]): boolean =>
  settings.some(({ value }) => typeof value !== "number");

/**
 * Sees to it that a board keeps its settings: reads each, writes what differs and reads it back.
 *
 * @param channels which of the board's channels are used, from 0
 * @throws Fault `wire-exception` when the board does not keep one, and whatever the wire throws
 */
export async function keepSettings(
  bus: ModbusBus,
  unit: number,
  settings: readonly BoardSetting[],
  channels: readonly number[],
  { whenAlone = "secure", ...options }: RequestOptions & { readonly whenAlone?: WhenAlone } = {},
): Promise<void> {
  for (const { per, address, value, ...rest } of settings) {
    const addresses = per === "board" ? [address] : channels.map((channel) => address + channel);
    const wanted = typeof value === "number" ? value : value[whenAlone];
    for (const each of addresses) {
      await keep(bus, unit, { ...rest, value: wanted, address: each }, options);
    }
  }
}

async function keep(
  bus: ModbusBus,
  unit: number,
  setting: Omit<BoardSetting, "per" | "value"> & { readonly value: number },
  options: RequestOptions,
): Promise<void> {
  const { table, address, value, why } = setting;
  const read = async (): Promise<number | undefined> =>
    table === "coil"
      ? Number((await bus.readCoils(unit, address, 1, options))[0])
      : (await bus.readHolding(unit, address, 1, options))[0];

  if ((await read()) === value) return;
  const write =
    table === "coil"
      ? bus.writeCoil(unit, address, value !== 0, options)
      : bus.writeRegister(unit, address, value, options);
  // An answer that arrived damaged proves nothing; reading back does.
  await write.catch((error: unknown) => {
    if (!(error instanceof Fault && error.code === "wire-noise")) throw error;
  });
  const kept = await read();
  if (kept === value) return;
  throw new Fault(
    "wire-exception",
    `${bus.address} unit ${unit}: ${table} ${address} holds ${kept} instead of ${value} (${why})`,
  );
}
