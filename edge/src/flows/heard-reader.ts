import type { CredentialReader } from "@gatehouse/shared/ports/credential-reader";
import type { Counters } from "./counters.ts";

/** A reader whose reads count only while its device is not shut out, whatever way they come. */
export const heardReader = (
  reader: CredentialReader,
  isHeard: (readerId: string) => boolean,
  counters: Counters,
): CredentialReader => ({
  name: reader.name,
  start: () => reader.start(),
  stop: () => reader.stop(),
  report: () => reader.report(),
  onRead: (listener) =>
    reader.onRead((read) => {
      if (isHeard(read.readerId)) return listener(read);
      counters.count("reads_shut_out_total", { reader: read.readerId });
      return { kind: "ignore", reason: "device-shut-out" };
    }),
});
