import { arch, release } from "node:os";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import { lineWithheld, withheld } from "../domain/withheld.ts";

/** Longer lines are cut: what is sent by mail stays small. */
const lineMost = 2000;

/** What whoever looks after the system from afar is told, without anything that opens anything. */
export interface SupportDesk {
  versions(): Readonly<Record<string, string>>;
  config(): unknown;
  /** The last lines of the log, oldest first. */
  log(): readonly string[];
  /** Anything else that is told with it, without secrets and card numbers. */
  withheld(value: unknown): unknown;
}

interface SupportDeps {
  readonly config: FacilityConfig;
  readonly support: FacilityPorts["support"];
  readonly version: string;
}

export function supportDesk({ config, support, version }: SupportDeps): SupportDesk {
  const secrets = support?.secrets ?? [];
  return {
    versions: () => ({
      gatehouse: version,
      node: process.version,
      system: `${process.platform} ${release()} ${arch()}`,
    }),
    config: () => withheld(config, secrets),
    log: () => (support?.recentLog() ?? []).map((line) => shortened(line, secrets)),
    withheld: (value) => withheld(value, secrets),
  };
}

/** A line without what is secret, and not too long. @param secrets texts that must not be in it */
export const shortened = (line: string, secrets: readonly string[]): string =>
  lineWithheld(line, secrets).slice(0, lineMost);
