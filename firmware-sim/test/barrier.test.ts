import { type Instant, milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Barrier } from "../src/barrier.ts";
import { VirtualClock } from "../src/virtual-clock.ts";

function barrierOnBench() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5) as Instant);
  let contact: (closed: boolean) => void = () => {};
  let close: (closed: boolean) => void = () => {};
  const limit: boolean[] = [];
  const barrier = new Barrier({
    clock,
    open: {
      onContact: (listener) => {
        contact = listener;
      },
    },
    close: { onContact: (listener) => void (close = listener) },
    limitOpen: { set: (active) => void limit.push(active) },
  });
  const pulse = async (length: number): Promise<void> => {
    contact(true);
    await clock.advance(milliseconds(length));
    contact(false);
  };
  const pulseClose = async (): Promise<void> => {
    close(true);
    await clock.advance(milliseconds(500));
    close(false);
  };
  return {
    clock,
    barrier,
    limit,
    pulse,
    pulseClose,
    contact: (closed: boolean) => contact(closed),
  };
}

test("a pulse of 500 ms raises the arm in 3 s; 6 s later it closes by itself", async () => {
  const { clock, barrier, limit, pulse } = barrierOnBench();
  await pulse(500);
  expect(barrier.position).toBe("rising");
  await clock.advance(milliseconds(2599));
  expect(barrier.position).toBe("rising");
  await clock.advance(milliseconds(1));
  expect(barrier.position).toBe("up");
  await clock.advance(seconds(5.9));
  expect(barrier.position).toBe("up");
  await clock.advance(seconds(0.1));
  expect(barrier.position).toBe("falling");
  await clock.advance(seconds(3));
  expect(barrier.position).toBe("down");
  expect(limit).toEqual([false, true, false]);
  expect(barrier.openings).toBe(1);
});

test("a contact shorter than 100 ms is noise", async () => {
  const { clock, barrier, pulse } = barrierOnBench();
  await pulse(99);
  await clock.advance(minutes(1));
  expect(barrier.position).toBe("down");
  expect(barrier.openings).toBe(0);
});

test("a stuck contact holds the arm open until it is released", async () => {
  const { clock, barrier, contact } = barrierOnBench();
  contact(true);
  await clock.advance(minutes(10));
  expect(barrier.position).toBe("up");
  contact(false);
  await clock.advance(seconds(6));
  expect(barrier.position).toBe("falling");
});

test("the hold counts from the moment the safety loop is clear", async () => {
  const { clock, barrier, pulse } = barrierOnBench();
  await pulse(500);
  await clock.advance(seconds(5));
  barrier.setSafety(true);
  await clock.advance(minutes(2));
  expect(barrier.position).toBe("up");
  barrier.setSafety(false);
  await clock.advance(seconds(5.9));
  expect(barrier.position).toBe("up");
  await clock.advance(seconds(0.1));
  expect(barrier.position).toBe("falling");
});

test("a car that drives under a falling arm sends it up again", async () => {
  const { clock, barrier, pulse } = barrierOnBench();
  await pulse(500);
  await clock.advance(seconds(10));
  expect(barrier.position).toBe("falling");
  barrier.setSafety(true);
  expect(barrier.position).toBe("rising");
  await clock.advance(minutes(1));
  expect(barrier.position).toBe("up");
  barrier.setSafety(false);
  await clock.advance(seconds(9));
  expect(barrier.position).toBe("down");
  expect(barrier.openings).toBe(1);
});

test("another pulse while the arm is up prolongs the hold, while it falls it raises it again", async () => {
  const { clock, barrier, pulse } = barrierOnBench();
  await pulse(500);
  await clock.advance(seconds(7));
  await pulse(500);
  await clock.advance(seconds(5));
  expect(barrier.position).toBe("up");
  await clock.advance(seconds(2));
  expect(barrier.position).toBe("falling");
  await pulse(500);
  expect(barrier.position).toBe("rising");
  expect(barrier.openings).toBe(3);
});

test("a jammed arm hears OPEN and stays down", async () => {
  const { clock, barrier, limit, pulse } = barrierOnBench();
  barrier.setJammed(true);
  await pulse(500);
  await clock.advance(minutes(1));
  expect(barrier.position).toBe("down");
  expect(barrier.openings).toBe(1);
  expect(limit).toEqual([false]);
});

test("CLOSE lowers the arm at once, but never onto a car nor while OPEN is closed", async () => {
  const { clock, barrier, pulse, pulseClose, contact } = barrierOnBench();
  await pulse(500);
  await clock.advance(seconds(3));
  barrier.setSafety(true);
  await pulseClose();
  expect(barrier.position).toBe("up");
  expect(barrier.closingsOntoCar).toBe(1);
  barrier.setSafety(false);
  contact(true);
  await pulseClose();
  expect(barrier.position).toBe("up");
  contact(false);
  await pulseClose();
  expect(barrier.position).toBe("falling");
  expect(barrier.closings).toBe(3);
});
