import type {
  CameraCard,
  ViewAnswer,
  ViewKept,
  ViewSaved,
} from "@gatehouse/shared/contracts/camera-setup";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import {
  complaintsAbout,
  type DrawingFlaw,
  spaceNumberOf,
} from "@gatehouse/shared/contracts/drawn-view";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { Fault, faultTable } from "@gatehouse/shared/fault";
import type { KeptView } from "@gatehouse/shared/ports/camera-files";
import type { SetupCamera } from "@gatehouse/shared/ports/camera-setup";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { isoOf } from "@gatehouse/shared/time";
import { clearAlert, lowAccuracy } from "../alerts.ts";
import { setupRefusal, type SetupRefusal } from "./desk.ts";
import { noteViewSaved, viewSaved } from "./notes.ts";
import type { CameraSetupDeps } from "./setup-deps.ts";

/** A drawing as it was read: `view` is missing when nothing is drawn, or when it makes no sense. */
interface ReadView {
  readonly place: KeptView["place"];
  readonly tag: string;
  readonly text: string;
  readonly view?: CameraView;
  /** Why it makes no sense. */
  readonly trouble?: string;
}

/**
 * What is drawn on the cameras' pictures. A drawing is put in force and written into the ledger in one step;
 * whoever looks at the pictures is told afterwards.
 */
export class CameraDrawings {
  readonly #deps: CameraSetupDeps;
  /** Parsed drawings by camera; one is parsed anew when its tag is another. */
  readonly #parsed = new Map<string, ReadView>();

  constructor(deps: CameraSetupDeps) {
    this.#deps = deps;
  }

  viewOf(camera: SetupCamera): CameraView | undefined {
    return this.#read(camera).view;
  }

  drawingOf(camera: SetupCamera): ViewAnswer {
    const read = this.#read(camera);
    return {
      tag: read.tag,
      ...(read.view === undefined ? {} : { view: read.view }),
      saved: this.#savedOf(camera, read),
      trouble: read.trouble ?? null,
      space_of_bay: { ...camera.spaceOfBay },
    };
  }

  card(camera: SetupCamera, report: DeviceReport | undefined): CameraCard {
    const read = this.#read(camera);
    const bays = read.view?.frames[0]?.spaces.map(({ id }) => id) ?? [];
    const fault = report?.fault;
    return {
      camera_id: camera.id,
      state: report?.state ?? "unknown",
      last_seen: report?.lastSeen === undefined ? null : isoOf(report.lastSeen),
      detail: report?.detail ?? null,
      hint: fault === undefined ? null : faultTable[fault].hint,
      lane_id: camera.laneId ?? null,
      spaces: bays.map((bay) => spaceNumberOf(bay, camera.spaceOfBay)),
      drawing: read.trouble === undefined ? read.place : "unusable",
      saved: this.#savedOf(camera, read),
      is_calibrated: this.#deps.files.isCalibrated(camera),
    };
  }

  /** @throws Fault `disk-full`: then the drawing before is still in force */
  save(camera: SetupCamera, view: CameraView, tag: string, actor: Actor): ViewKept | SetupRefusal {
    const { book, clock, files, setup, log } = this.#deps;
    const complaints = complaintsAbout(view, camera.spaceOfBay, this.#deps.isSpace);
    if (complaints.length > 0) {
      const errors = complaints.map(({ kind, id, flaw }) => ({
        path: `${kind} ${id}`,
        message: flawTexts[flaw],
      }));
      const sentence = `The drawing cannot be used: ${errors.length} mistakes in it.`;
      return setupRefusal("drawing-flawed", sentence, { errors });
    }
    const text = drawnText(view);
    const before = this.#read(camera);
    if (before.tag !== tag && before.text !== text) return someoneElseSaved;

    const at = clock.now();
    const saved = { by: actor.id ?? actor.kind, at: isoOf(at) };
    const spaces = view.frames[0]?.spaces.length ?? 0;
    const made = book.write((tx) => {
      noteViewSaved(tx, camera.id, saved);
      clearAlert(tx, at, lowAccuracy, camera.id);
      // The file last: what fails before it leaves everything as it was.
      const sha256 = files.saveView(camera, text);
      const body = { camera_id: camera.id, by: actor, spaces, sha256 };
      tx.append(at, { type: "camera-view-saved", body });
      return sha256;
    });
    setup.reload(camera.id);
    log.info("camera-view-saved", { camera: camera.id, spaces });
    return { tag: made, saved };
  }

  #read(camera: SetupCamera): ReadView {
    try {
      const kept = this.#deps.files.readView(camera);
      const known = this.#parsed.get(camera.id);
      if (known?.tag === kept.tag && known.place === kept.place) return known;
      const read = parsed(kept);
      this.#parsed.set(camera.id, read);
      return read;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // It has a tag all the same, so that a new drawing can take its place.
      return { place: "none", tag: "unreadable", text: "", trouble: error.message };
    }
  }

  #savedOf(camera: SetupCamera, { place }: ReadView): ViewSaved | null {
    return place === "saved" ? (viewSaved(this.#deps.book, camera.id) ?? null) : null;
  }
}

function parsed({ place, tag, text }: KeptView): ReadView {
  const kept = { place, tag, text };
  if (place === "none") return kept;
  try {
    const checked = CameraView.safeParse(JSON.parse(text));
    if (checked.success) return { ...kept, view: checked.data };
    const [first] = complaintsOf(checked.error);
    return { ...kept, trouble: `${first?.path}: ${first?.message}` };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...kept, trouble: `it is not JSON: ${error.message}` };
  }
}

/** A drawing as it is kept: one frame, corners to a tenth of a pixel, nothing that only labelled sets have. */
function drawnText({ frames: [frame], zones, lines }: CameraView): string {
  const drawn = {
    frames: [
      {
        file: "live",
        width: frame?.width,
        height: frame?.height,
        spaces: frame?.spaces.map(({ id, polygon }) => ({ id, polygon: polygon.map(rounded) })),
      },
    ],
    zones: zones.map(({ id, kind, polygon }) => ({ id, kind, polygon: polygon.map(rounded) })),
    lines: lines.map(({ id, from, to }) => ({ id, from: rounded(from), to: rounded(to) })),
  };
  return `${JSON.stringify(drawn)}\n`;
}

const rounded = ([x, y]: readonly [number, number]): [number, number] => [
  Math.round(x * 10) / 10,
  Math.round(y * 10) / 10,
];

const flawTexts: Readonly<Record<DrawingFlaw, string>> = {
  outside: "a corner lies outside the picture",
  tiny: "too small to see anything in it",
  crossed: "its sides cross",
  "unknown-space": "facility.yaml names no such space",
  twice: "drawn twice",
};

const someoneElseSaved = setupRefusal(
  "someone-else-saved",
  "Somebody else has saved another drawing of this camera meanwhile.",
  { hint: "Load theirs, or save yours over it." },
);
