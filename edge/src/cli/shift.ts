import { createPublicKey, type KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { ControlAnswer } from "@gatehouse/shared/contracts/control";
import { SignedShiftReport } from "@gatehouse/shared/contracts/shifts";
import { formatMinor, minorUnits } from "@gatehouse/shared/money";
import type { Command } from "commander";
import { shiftKeyFile } from "../adapters/signing-keys.ts";
import { isSignedBy } from "../domain/money/signed-report.ts";

export interface ShiftTools {
  /** Prints an answer, with the lines that a person reads below its verdict. */
  readonly tell: (command: Command, answer: ControlAnswer, lines: readonly string[]) => void;
  /** The data folder that a command names. */
  readonly folderOf: (command: Command) => string;
}

const exitCodes = { done: 0, attention: 1, refused: 2 } as const;

/** `shift verify`: needs no daemon. */
export function addShiftCommands(program: Command, { tell, folderOf }: ShiftTools): void {
  program
    .command("shift")
    .description("reports of closed shifts")
    .command("verify <file>")
    .description("whether a report is as the facility signed it")
    .option("--key <file>", "the facility's public key (PEM); left out: that of the data folder")
    .action((file: string, { key }: { key?: string }, command: Command) => {
      tell(command, verifyReport(file, key, shiftKeyFile(folderOf(command))), []);
    });
}

/** @param ownKey where the facility's key lies, if this is its machine */
function verifyReport(file: string, keyFile: string | undefined, ownKey: string): ControlAnswer {
  const signed = readReport(file);
  if (signed === undefined)
    return refusedWith("not-a-report", `${file} holds no signed report of a shift.`);
  const known = keyFile ?? (existsSync(ownKey) ? ownKey : undefined);
  const key = keyIn(known === undefined ? signed.public_key : readText(known));
  if (key === undefined)
    return refusedWith("not-a-key", `${known ?? file} holds no key in PEM that can be read.`);
  const { report } = signed;
  const data = {
    z_number: report.z_number,
    till_id: report.till_id,
    is_checked: known !== undefined,
  };
  if (!isSignedBy(signed, key))
    return refusedWith("not-signed", `${file} is not as the facility signed it.`);
  const sums = (["expected_minor", "counted_minor", "difference_minor"] as const).map((name) =>
    formatMinor(minorUnits(report[name] ?? 0), report.currency),
  );
  const what =
    `Report ${report.z_number ?? "–"} of ${report.till_id}, ${report.operator}: ` +
    `expected ${sums[0] ?? ""}, counted ${sums[1] ?? ""}, difference ${sums[2] ?? ""}.`;
  if (known !== undefined)
    return { exit_code: exitCodes.done, verdict: `${what} It is as the facility signed it.`, data };
  const doubt = "It fits the key that stands in the same file: name the facility's own with --key.";
  return { exit_code: exitCodes.attention, verdict: `${what} ${doubt}`, data };
}

function readReport(file: string): SignedShiftReport | undefined {
  const text = readText(file);
  try {
    return SignedShiftReport.safeParse(JSON.parse(text ?? "")).data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** @returns undefined when there is no such file, or it cannot be read */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A public key, or the public half of a private one. */
function keyIn(pem: string | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

const refusedWith = (reason: string, verdict: string): ControlAnswer => ({
  exit_code: exitCodes.refused,
  verdict,
  data: { reason, hint: null },
});
