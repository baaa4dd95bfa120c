import { PictureFolder } from "../folder.ts";
import type { CameraJob } from "../messages.ts";
import { Mjpeg } from "./mjpeg.ts";
import { Pushed } from "./pushed.ts";
import { Rtsp } from "./rtsp.ts";
import { Snapshot } from "./snapshot.ts";
import type { PictureSource } from "./source.ts";
import { Video } from "./video.ts";

/** The source that a camera's configuration names. */
export function sourceOf({ source, credentials }: CameraJob): PictureSource {
  switch (source.kind) {
    case "folder":
      return new PictureFolder(source.path);
    case "video":
      return new Video(source.path, source.every_s);
    case "snapshot":
      return new Snapshot(source.url, credentials);
    case "mjpeg":
      return new Mjpeg(source.url, credentials);
    case "rtsp": {
      const { url, transport, every_s: everyS } = source;
      return new Rtsp({ url, transport, credentials, everyS });
    }
    case "pushed":
      return new Pushed();
  }
}
