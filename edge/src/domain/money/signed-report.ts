import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import type { ShiftReport, SignedShiftReport } from "@gatehouse/shared/contracts/shifts";

/** @param key the facility's private Ed25519 key */
export function signReport(report: ShiftReport, key: KeyObject): SignedShiftReport {
  return {
    report,
    signature: sign(null, bytesOf(report), key).toString("base64"),
    public_key: publicKeyOf(key),
  };
}

/** Whether a report is as this key signed it. @param publicKey SPKI, PEM */
export const isSignedBy = (
  { report, signature }: Pick<SignedShiftReport, "report" | "signature">,
  publicKey: KeyObject,
): boolean => verify(null, bytesOf(report), publicKey, Buffer.from(signature, "base64"));

/** The public half of a private key, as it stands in a report's file (SPKI, PEM). */
const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: "spki", format: "pem" }).toString();

const bytesOf = (report: ShiftReport): Buffer => Buffer.from(canonicalJson(report as Json));
