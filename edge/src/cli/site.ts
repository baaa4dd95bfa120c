import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import { withBarrierPresets } from "../adapters/gate/barrier-preset.ts";
import { loadConfig, loadSecrets } from "../config.ts";

/** What a technician's command knows of a site without its daemon. */
export interface Site {
  readonly config: FacilityConfig;
  /** Empty where the data folder has none yet: boards need none, cameras do. */
  readonly secrets: Pick<Secrets, "devices" | "cameras">;
}

/** @throws ConfigError with every complaint about either file */
export function readSite(configFile: string, dataDir: string): Site {
  const config = loadConfig(configFile, withBarrierPresets);
  const file = ["secrets.json", "edge/secrets.json"]
    .map((name) => join(dataDir, name))
    .find((each) => existsSync(each));
  const secrets = file === undefined ? { devices: {}, cameras: {} } : loadSecrets(file);
  return { config, secrets };
}
