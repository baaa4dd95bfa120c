import type { Log } from "@gatehouse/shared/ports/log";

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
