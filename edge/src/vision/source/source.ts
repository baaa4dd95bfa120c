import type { RefusedPicture } from "../picture.ts";

export interface NamedPicture {
  readonly kind: "picture";
  /** A file's name without its folder; a live camera's pictures all have the same. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where a camera's pictures come from. One caller, one question at a time. */
export interface PictureSource {
  /** Whether its pictures show the present: only then does the same picture again mean that it stands still. */
  readonly isLive: boolean;
  /**
   * The newest picture that was not handed out before.
   *
   * @returns a refusal when there is none and the source knows why; nothing when there is simply no newer one yet
   * @throws Fault `ffmpeg-missing` where one is needed
   */
  next(): Promise<NamedPicture | RefusedPicture | undefined>;
  /** Ends what `next` began; a later `next` begins anew. */
  close(): void;
}

/** The name of every picture of a live camera. */
export const liveName = "live";
