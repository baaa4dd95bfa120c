/** Thrown inside the book to end a run as `kill -9` does; nothing of ours may catch it. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** What a device sees of a facility that died while it was being told something. */
export class LinkLost extends Error {
  override readonly name = "LinkLost";
}
