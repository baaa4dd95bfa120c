import { mostBytes } from "../picture.ts";

const startOfPicture = Buffer.from([0xff, 0xd8, 0xff]);
const firstCapacity = 256 * 1024;

/**
 * Cuts a stream into the JPEG files within it, by the files' own structure (ITU-T T.81, annex B). Whatever stands
 * between them is passed over, so the parts of `multipart/x-mixed-replace` come out whole with or without
 * lengths, whatever their boundary, and so does what ffmpeg writes. A picture that breaks off is dropped and the
 * next one found. It holds one unfinished picture and one chunk, never more.
 */
export class JpegSplitter {
  readonly #onPicture: (jpeg: Buffer) => void;
  #buffer = Buffer.allocUnsafe(firstCapacity);
  /** Bytes of the buffer that are filled. */
  #length = 0;
  /** How far the picture at the buffer's beginning has been read; 0: no picture has begun. */
  #read = 0;

  /** @param onPicture called with each whole file; the bytes are its own to keep */
  constructor(onPicture: (jpeg: Buffer) => void) {
    this.#onPicture = onPicture;
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    while (this.#read === 0 ? this.#findStart() : this.#passMarker()) {
      // Each step gets ahead by one marker, until more bytes are needed.
    }
    // What began as a picture goes on for too long to be one.
    if (this.#length > mostBytes) this.#forget(this.#length);
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  #findStart(): boolean {
    const start = this.#buffer.subarray(0, this.#length).indexOf(startOfPicture);
    // The last two bytes may begin a picture that the next chunk goes on with.
    this.#forget(start === -1 ? Math.max(0, this.#length - 2) : start);
    if (start !== -1) this.#read = 2;
    return start !== -1;
  }

  /** @returns whether it got ahead */
  #passMarker(): boolean {
    const filled = this.#buffer.subarray(0, this.#length);
    const at = filled.indexOf(0xff, this.#read);
    // A segment may reach beyond what has come so far.
    this.#read = at === -1 ? Math.max(this.#read, this.#length) : at;
    const marker = filled[this.#read + 1];
    if (marker === undefined) return false;
    if (marker === 0xd8) this.#forget(this.#read);
    else if (marker === 0xd9) this.#finish(this.#read + 2);
    else if (marker === 0xff) this.#read += 1;
    else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7)) this.#read += 2;
    else {
      if (this.#read + 4 > this.#length) return false;
      this.#read += 2 + Math.max(2, filled.readUInt16BE(this.#read + 2));
    }
    return true;
  }

  #finish(end: number): void {
    const picture = Buffer.from(this.#buffer.subarray(0, end));
    this.#forget(end);
    this.#onPicture(picture);
  }

  /** The first `length` bytes are done with. */
  #forget(length: number): void {
    this.#buffer.copyWithin(0, length, this.#length);
    this.#length -= length;
    this.#read = 0;
  }
}
