import type { ReaderFormat } from "@gatehouse/shared/contracts/reader-config";
import { axis } from "./axis.ts";
import { dahua } from "./dahua.ts";
import { gateQuery } from "./gate-query.ts";
import { genetec } from "./genetec.ts";
import { hikvision } from "./hikvision.ts";
import { plateRecognizer } from "./platerecognizer.ts";
import type { PushFormat, ReaderSite } from "./push-format.ts";
import { rekor } from "./rekor.ts";
import { verkada } from "./verkada.ts";

/** Every vendor that pushes over HTTP. A new one: a file, and a line here and in the configuration's contract. */
export const pushFormats = {
  hikvision,
  platerecognizer: plateRecognizer,
  dahua,
  axis,
  rekor,
  genetec,
  verkada,
  "gate-query": gateQuery,
} satisfies Partial<Record<ReaderFormat, (site: ReaderSite) => PushFormat>>;

export type PushFormatName = keyof typeof pushFormats;
