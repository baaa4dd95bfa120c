import { SealedLine } from "@gatehouse/shared/contracts/batch";

/** The longest ledger line that head office takes, from its contract. */
export const lineLength = SealedLine.shape.text.maxLength ?? 0;
