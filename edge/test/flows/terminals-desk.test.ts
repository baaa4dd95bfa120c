import { expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

const chen = { kind: "technician", id: "chen" } as const;

/** What it comes to, in virtual time. */
async function told<T>(park: CarPark, work: Promise<T>, forSeconds = 20): Promise<T> {
  const outcome = work.catch((error: unknown) => error as T);
  await park.pass(forSeconds);
  return outcome;
}

/** A car that has paid 3.13 by card and left. */
async function paidOnce(): Promise<CarPark> {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(30);
  return park;
}

test("an end of day is written down with its totals and who asked for it", async () => {
  const park = await paidOnce();
  const { terminals } = park.facility;
  expect(await told(park, terminals.totals("terminal-exit-1"))).toMatchObject({
    sentence: "terminal-exit-1 has booked 1 payment, €3.13.",
  });
  const ended = await told(park, terminals.endOfDay("terminal-exit-1", chen, "request-1"));
  expect(ended).toMatchObject({
    sentence: "terminal-exit-1 has closed 1 payment, €3.13.",
    totals: { count: 1, amount_minor: 313 },
  });
  expect(park.facts("terminal-day-ended")).toEqual([
    {
      terminal_id: "terminal-exit-1",
      currency: "EUR",
      totals: { from_receipt: "0001", to_receipt: "0001", count: 1, amount_minor: 313 },
      by: chen,
    },
  ]);
  expect(await terminals.endOfDay("terminal-exit-1", chen, "request-1")).toEqual(ended);
  expect(park.facts("terminal-day-ended")).toHaveLength(1);
});

test.each([
  ["close-before-booking", "not-done", 0],
  ["close-after-booking", undefined, 1],
] as const)(
  "an end of day whose answer is lost (%s) is asked after",
  async (fault, reason, lines) => {
    const park = await paidOnce();
    const terminal = park.terminal("exit-1");
    terminal.setFault(fault);
    const ending = park.facility.terminals.endOfDay("terminal-exit-1", chen, "request-1");
    await park.pass(8);
    terminal.setFault("none");
    expect(await told(park, ending, 60)).toMatchObject(
      reason === undefined ? { totals: { count: 1 } } : { kind: "refused", reason },
    );
    expect(park.facts("terminal-day-ended")).toHaveLength(lines);
  },
);

test("no day ends before every charge is decided: the terminal would not tell of it any more", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  const terminal = park.terminal("exit-1");
  terminal.setFault("close-after-booking");
  park.read("exit-1", "BGH1234");
  await park.pass(7);
  terminal.setFault("silent");
  await park.pass(60);
  const { terminals } = park.facility;
  expect(await terminals.endOfDay("terminal-exit-1", chen, "request-1")).toMatchObject({
    kind: "refused",
    reason: "payments-open",
  });
  terminal.setFault("none");
  await park.pass(120);
  expect(await told(park, terminals.endOfDay("terminal-exit-1", chen, "request-2"))).toMatchObject({
    totals: { count: 1, amount_minor: 313 },
  });
});

test("one that takes long is told as running, and asked after with the same request", async () => {
  const park = await paidOnce();
  const terminal = park.terminal("exit-1");
  const { terminals } = park.facility;
  terminal.setFault("close-after-booking");
  const first = terminals.endOfDay("terminal-exit-1", chen, "request-1");
  await park.pass(5);
  terminal.setFault("silent");
  expect(await told(park, first, 25)).toMatchObject({ state: "running" });
  terminal.setFault("none");
  const second = terminals.endOfDay("terminal-exit-1", chen, "request-1");
  expect(await told(park, second)).toMatchObject({ totals: { count: 1 } });
});

test("an unknown terminal is answered with those there are", async () => {
  const park = await CarPark.open();
  expect(await park.facility.terminals.status("terminal-9")).toMatchObject({
    reason: "unknown-terminal",
    sentence: "There is no terminal terminal-9; terminals: terminal-exit-1, terminal-exit-2.",
  });
});
