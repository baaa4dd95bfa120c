import { bookDaysMax } from "@gatehouse/shared/contracts/office-money";
import { z } from "zod";

const day = z.iso.date("write a day, for example 2026-11-20");
const dayMs = 86_400_000;

/** Which days somebody asks for: both or neither; at most `bookDaysMax`. */
export const DaysAsked = z
  .union([z.object({ from: z.undefined(), to: z.undefined() }), z.object({ from: day, to: day })], {
    error: "write from and to, each a day, for example from=2026-11-01&to=2026-11-30",
  })
  .refine(({ from, to }) => from === undefined || !(lengthOf(from, to) < 1), {
    path: ["to"],
    error: "write a day that is not before from",
  })
  .refine(({ from, to }) => from === undefined || !(lengthOf(from, to) > bookDaysMax), {
    path: ["from"],
    error: `ask for at most ${bookDaysMax} days`,
  });
export type DaysAsked = z.infer<typeof DaysAsked>;

/** NaN where one of them is no day. */
const lengthOf = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / dayMs + 1;
