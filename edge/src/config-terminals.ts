import { terminalCurrencies } from "@gatehouse/shared/terminal-currencies";
import { listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";

/** Each card terminal has its own name and its own address, and takes the facility's currency. */
export function checkTerminals(value: unknown, say: Say): void {
  const terminals = listAt(value, "lanes").map((lane) => memberOf(lane, "terminal"));
  unique(
    terminals.map((terminal) => textAt(terminal, "id")),
    (index, id) =>
      say(["lanes", index, "terminal", "id"], `"${id}" names two terminals; give each its own`),
  );
  unique(
    terminals.map((terminal) => addressOf(terminal)),
    (index, address) => {
      const why = "answers one register only; give each lane its own terminal";
      say(["lanes", index, "terminal", "host"], `the terminal at ${address} ${why}`);
    },
  );
  const currency = textAt(memberOf(value, "facility"), "currency");
  if (currency === undefined || terminalCurrencies.includes(currency)) return;
  for (const [index, terminal] of terminals.entries()) {
    if (terminal === undefined) continue;
    const known = terminalCurrencies.join(", ");
    say(["lanes", index, "terminal"], `card terminals take no ${currency}, only ${known}`);
  }
}

function addressOf(terminal: unknown): string | undefined {
  const host = textAt(terminal, "host");
  const port = memberOf(terminal, "port") ?? 20_007;
  return host === undefined ? undefined : `${host}:${JSON.stringify(port)}`;
}
