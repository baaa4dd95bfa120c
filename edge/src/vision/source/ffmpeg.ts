import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { mostPixels } from "../picture.ts";

const mostLastWords = 2000;

/** What every run needs: no questions, no talk, no pictures larger than we would look at, one core. */
const always = ["-nostdin", "-hide_banner", "-loglevel", "error"];
const carefully = ["-threads", "1", "-max_pixels", String(mostPixels)];

/** Pictures out, one JPEG behind the other; nothing else of the file or stream. */
const pictures = ["-map", "0:v:0", "-an", "-sn", "-dn"];
const asJpeg = [
  "-fps_mode",
  "passthrough",
  "-c:v",
  "mjpeg",
  "-q:v",
  "3",
  "-f",
  "image2pipe",
  "pipe:1",
];

/** One run of Debian's ffmpeg, which turns a stream or a video into JPEG files on its standard output. */
export interface Ffmpeg {
  readonly jpegs: Readable;
  /** Why it ended; never rejects. `isMissing`: there is no ffmpeg on this machine. */
  readonly ended: Promise<{ readonly isMissing: boolean; readonly lastWords: string }>;
  kill(): void;
}

/**
 * @param input options before `-i`, and the input
 * @param filter which pictures of the input
 * @param script what it reads on its standard input: an address in it stays out of the list of processes
 */
export function startFfmpeg(input: readonly string[], filter: string, script?: string): Ffmpeg {
  const child = spawn(
    "ffmpeg",
    [...always, ...carefully, ...input, ...pictures, "-vf", filter, ...asJpeg],
    { stdio: [script === undefined ? "ignore" : "pipe", "pipe", "pipe"] },
  );
  child.stdin?.on("error", () => {});
  child.stdin?.end(script);
  return {
    jpegs: child.stdout as Readable,
    ended: endOf(child),
    kill: () => void child.kill("SIGKILL"),
  };
}

function endOf(child: ChildProcess): Ffmpeg["ended"] {
  let lastWords = "";
  child.stderr?.on("data", (text: Buffer) => {
    lastWords = (lastWords + text.toString()).slice(-mostLastWords);
  });
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve({ isMissing: error.code === "ENOENT", lastWords: error.message }),
    );
    child.on("close", (code, signal) =>
      resolve({
        isMissing: false,
        lastWords: lastWords.trim() || `it ended with ${signal ?? code}`,
      }),
    );
  });
}
