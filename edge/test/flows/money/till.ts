import { moneyComplaints } from "../../../src/domain/money/invariants.ts";
import { debit } from "../../../src/domain/money/entry.ts";
import { moveEntry } from "../../../src/domain/money/places.ts";
import { isRefusal } from "../../../src/flows/desk.ts";
import { post } from "../../../src/flows/money/posting.ts";
import { readMoneyFacts } from "../../../src/store/money-facts.ts";
import { insertShift } from "../../../src/store/shifts.ts";
import type { CarPark } from "../car-park.ts";

export const anna = { kind: "attendant", id: "anna" } as const;
export const boss = { kind: "attendant", id: "boss" } as const;

/** Opens a drawer with a float, as its shift does. */
export function openDrawer(
  park: CarPark,
  operator = "anna",
  drawerId = "till-1",
  float = 5000,
): string {
  const shiftId = `shift of ${operator}`;
  park.book.write((tx) => {
    const at = park.machine.now();
    insertShift(tx, {
      shiftId,
      drawerId,
      operator,
      state: "open",
      openedAt: at,
      closedAt: null,
      float,
      counted: null,
      expected: null,
      relieves: null,
      zNumber: null,
      report: null,
      signature: null,
    });
    const drawer = { account: "drawer", subject: drawerId } as const;
    const bank = { account: "bank", subject: null } as const;
    post(tx, park.random, at, moveEntry("float", drawer, bank, float, [debit("bank", null, 0)]), {
      currency: "EUR",
      shiftId,
    });
  });
  return shiftId;
}

let presses = 0;
export const press = (): string => `press-${++presses}-of-a-page`;

/** What does not hold between the tables and the books; empty: all is well. */
export const complaints = (park: CarPark): string[] => moneyComplaints(readMoneyFacts(park.book));

/** The answer, where nothing else is expected. @throws RangeError naming the refusal */
export async function granted<T extends object>(answer: Promise<T> | T) {
  const told = await answer;
  if (isRefusal(told)) throw new RangeError(`${told.reason}: ${told.sentence}`);
  return told as Exclude<T, { kind: "refused" }>;
}

/** Debits less credits of an account, for one subject or all of them. */
export function balance(park: CarPark, account: string): number {
  return readMoneyFacts(park.book).accounts.find((each) => each.account === account)?.minor ?? 0;
}
