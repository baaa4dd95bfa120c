import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";

/** What is to be paid, and where its vehicle stands. */
export interface Owing {
  readonly purpose: PaymentPurpose;
  readonly subjectId: string;
  /** The lane that waits for it; undefined: none does. */
  readonly laneId?: string;
  /** The plate, until what is owed is known. */
  readonly title?: string;
}
