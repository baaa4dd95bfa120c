import { onTestFinished } from "vitest";
import { runKiosk, type KioskOptions, type RunningKiosk } from "./running-kiosk.ts";

/** A kiosk that stops when the test that started it ends. */
export async function startKiosk(options: KioskOptions = {}): Promise<RunningKiosk> {
  const running = await runKiosk(options);
  onTestFinished(() => running.stop());
  return running;
}
