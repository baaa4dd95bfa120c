/** The text of a camera's drawing, and what names it: the same text has the same tag. */
export interface KeptView {
  /** `saved`: in the camera's own folder; `configured`: the file that the configuration names. */
  readonly place: "saved" | "configured" | "none";
  /** A hash of the text. */
  readonly tag: string;
  readonly text: string;
}

/** Where one camera's files lie: absolute paths. */
export interface CameraPlace {
  readonly dir: string;
  readonly viewFile?: string;
}

/** A picture of a camera, and what names it. */
export interface KeptPicture {
  readonly tag: string;
  readonly bytes: Uint8Array;
}

/** To be looked at, or to learn the empty lot from. */
export type SentFor = "look" | "empty";

/**
 * The files of the cameras' own folders, as they are set up. Each throws a Fault `disk-full` when there is no room,
 * and `bays-unusable` for a drawing that is there and cannot be read.
 */
export interface CameraFiles {
  /** The drawing in force: the saved one, else the configured one. */
  readView(camera: CameraPlace): KeptView;
  /**
   * Puts a drawing in force, whole or not at all, and keeps those before it (a bounded number).
   *
   * @returns its tag
   */
  saveView(camera: CameraPlace, text: string): string;
  /** The picture that was examined last; undefined when none was. */
  readExamined(camera: CameraPlace): Promise<KeptPicture | undefined>;
  /** Keeps a picture that somebody sent; one of each camera and purpose at a time. @returns its absolute path */
  keepSent(camera: CameraPlace, purpose: SentFor, bytes: Uint8Array): Promise<string>;
  /** A picture that was sent has served its purpose. */
  dropSent(camera: CameraPlace, purpose: SentFor): Promise<void>;
  /** Whether something learnt is kept for this camera. */
  isCalibrated(camera: CameraPlace): boolean;
}
