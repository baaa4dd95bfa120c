import type { CameraFiles } from "@gatehouse/shared/ports/camera-files";
import type { CameraSetup } from "@gatehouse/shared/ports/camera-setup";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Book } from "../../store/book.ts";

/** What setting up cameras needs of its facility. */
export interface CameraSetupDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly setup: CameraSetup;
  readonly files: CameraFiles;
  /** Whether the facility has a space of this number. */
  readonly isSpace: (number: string) => boolean;
  readonly reports: () => readonly DeviceReport[];
}
