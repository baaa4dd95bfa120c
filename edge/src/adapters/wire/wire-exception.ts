import { Fault } from "@gatehouse/shared/fault";

/** Modbus Application Protocol 1.1b3, section 7. */
const meanings: Readonly<Record<number, string>> = {
  1: "it does not know this function",
  2: "it has no such address",
  3: "it does not take this value",
  4: "it failed while doing it",
  5: "it is still working on it",
  6: "it is busy",
  8: "its memory is damaged",
  10: "the gateway has no path to it",
  11: "the gateway gets no answer from it",
};

export const busyException = 6;

/** The device answered: no. */
export class WireException extends Fault {
  readonly exceptionCode: number;

  constructor(where: string, exceptionCode: number) {
    const meaning = meanings[exceptionCode] ?? "no meaning known";
    super("wire-exception", `${where}: exception ${exceptionCode}, ${meaning}`);
    this.exceptionCode = exceptionCode;
  }
}
