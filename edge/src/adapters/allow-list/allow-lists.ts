import type { AllowListMirror } from "@gatehouse/shared/ports/allow-list-mirror";
import { type PlateReaderTools, signedHttp } from "../lpr/plate-readers.ts";
import { DahuaMirror } from "./dahua-mirror.ts";
import { HikvisionMirror } from "./hikvision-mirror.ts";

/** The cameras that keep the plates of permits and of the allow list; nothing is asked of them yet. */
export function buildAllowLists(tools: PlateReaderTools): AllowListMirror[] {
  const { config, clock } = tools;
  const { timezone } = config.facility;
  return config.lanes.flatMap((lane) =>
    lane.readers.flatMap((reader) => {
      if (reader.mirror === undefined) return [];
      const { kind, url, channel } = reader.mirror;
      const http = signedHttp(reader, url, tools);
      const options = { id: reader.id, laneId: lane.id, channel, http, timezone, clock };
      return [kind === "dahua" ? new DahuaMirror(options) : new HikvisionMirror(options)];
    }),
  );
}
