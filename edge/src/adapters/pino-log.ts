import type { Log } from "@gatehouse/shared/ports/log";
import { destination, pino } from "pino";

/** One JSON line an event on standard error, so that standard output stays for answers. */
export function pinoLog(name: string, level = "info"): Log {
  const logger = pino({ name, level, base: { name } }, destination({ dest: 2, sync: true }));
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  };
}
