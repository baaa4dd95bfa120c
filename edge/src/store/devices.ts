import { type InferSelectModel } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { devices } from "./device-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type DeviceRow = InferSelectModel<typeof devices>;

const rows = writerOf(devices);
const statements = prepared((db) => ({ all: db.select().from(devices).prepare() }));

export const saveDevice = (tx: Tx, row: DeviceRow): void => rows.save(tx, row);
export const listDevices = (reader: Reader): DeviceRow[] => statements(reader).all.all();
