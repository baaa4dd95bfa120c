import type { CameraView } from "../contracts/camera-view.ts";

/** What is drawn on the cameras' pictures now. */
export interface CameraViews {
  /** @returns undefined when nothing usable is drawn for this camera */
  viewOf(cameraId: string): CameraView | undefined;
}

/** Whoever looks at pictures that others send: the vision pool. */
export interface PictureTaker {
  /**
   * Hands over a picture of a camera of kind `pushed`. It never waits; a younger picture takes the place of one
   * that nobody has looked at yet.
   *
   * @param picture a JPEG or PNG
   * @returns false when this camera's pictures are not looked at now
   */
  offer(cameraId: string, picture: Uint8Array): boolean;
}
