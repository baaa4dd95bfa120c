import type { RemedyAction } from "../contracts/registry.ts";
import type { DeviceReport } from "./device.ts";

/** One thing from a closed list that may be tried by itself when devices are stuck. It never moves a gate. */
export interface Remedy {
  readonly action: RemedyAction;
  /** Which of these, all unwell for a while, it can help; an id each. @param all every device's report */
  patients(unwell: readonly DeviceReport[], all: readonly DeviceReport[]): readonly string[];
  /** Resolves when it was done. @returns false when there was nothing to do */
  apply(deviceId: string): Promise<boolean>;
}
