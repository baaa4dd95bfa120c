import { z } from "zod";
import { DeviceView, DoctorData, StatusData, SyncData } from "./control.ts";

/**
 * `data` of an answer to `dump`: everything that helps to find out from afar what is wrong, and nothing that opens anything: secrets, tokens, PINs,
 * keys and card numbers are withheld. Plates and names of visitors may be in it.
 */
export const DumpData = z.object({
  made_at: z.iso.datetime(),
  facility_id: z.string(),
  versions: z.record(z.string(), z.string()),
  status: StatusData,
  checks: DoctorData.shape.checks,
  sync: SyncData,
  devices: z.array(DeviceView),
  /** Devices that are well beyond those that are listed. */
  devices_left_out: z.number().int(),
  counters: z.array(
    z.object({
      name: z.string(),
      labels: z.record(z.string(), z.string()),
      value: z.number(),
    }),
  ),
  /** The daemon's last log lines, oldest first. */
  log: z.array(z.string()),
  /** The facility's configuration, as the daemon understood it. */
  config: z.unknown(),
});
export type DumpData = z.infer<typeof DumpData>;

/** What a book tells of itself: how many rows each table has, and the last lines of its ledger. */
export const BookFacts = z.object({
  tables: z.record(z.string(), z.number().int()),
  /** Oldest first; long ones are cut. */
  ledger_tail: z.array(z.string()),
});
export type BookFacts = z.infer<typeof BookFacts>;

/** What `gatehouse dump` writes. The book is read by the command itself: no gate waits while its rows are counted. */
export const DumpFile = z.object({
  made_at: z.iso.datetime(),
  /** What the daemon told, or why it did not. */
  daemon: z.union([DumpData, z.string()]),
  /** What its book tells, or why it cannot be read. */
  book: z.union([BookFacts, z.string()]),
});
export type DumpFile = z.infer<typeof DumpFile>;
