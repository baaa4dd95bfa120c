import { withoutCardNumbers } from "@gatehouse/shared/card-numbers";
import type { Log } from "@gatehouse/shared/ports/log";
import { destination, pino } from "pino";

/** So many lines are remembered, each cut at so many signs. */
const remembered = 500;
const lineMost = 2000;

export interface PinoLog extends Log {
  /** The last lines that were written, oldest first, for whoever looks after the system. */
  readonly recent: () => readonly string[];
}

/**
 * One JSON line an event on standard error, so that standard output stays for answers. Whatever may be a card number
 * is taken out, whoever wrote the line.
 */
export function pinoLog(name: string, level = "info"): PinoLog {
  const lines: string[] = [];
  const streamWrite = (line: string): string => {
    const clean = withoutCardNumbers(line);
    lines.push(clean.slice(0, lineMost).trimEnd());
    if (lines.length > remembered) lines.shift();
    return clean;
  };
  const options = { name, level, base: { name }, hooks: { streamWrite } };
  const logger = pino(options, destination({ dest: 2, sync: true }));
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
    recent: () => [...lines],
  };
}
