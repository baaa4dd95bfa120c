import { listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";

/** Plate readers have names of their own, their passwords stand elsewhere, and a push is of one of them. */
export function checkReaders(value: unknown, say: Say): void {
  const readers = listAt(value, "lanes").flatMap((lane, index) =>
    listAt(lane, "readers").map((reader, place) => ({
      reader,
      path: ["lanes", index, "readers", place] as const,
    })),
  );
  const pathAt = (index: number) => readers[index]?.path ?? [];
  const ids = readers.map(({ reader }) => textAt(reader, "id"));
  unique(ids, (index, id) =>
    say([...pathAt(index), "id"], `"${id}" names two plate cameras; give each its own`),
  );
  const cameras = listAt(value, "cameras").map((camera) => textAt(camera, "id"));
  for (const [index, id] of ids.entries()) {
    if (id !== undefined && cameras.includes(id))
      say([...pathAt(index), "id"], `"${id}" names a camera of cameras too; write another`);
  }
  const senders = readers.map(({ reader }) => {
    const from = textAt(reader, "from");
    return from === undefined
      ? undefined
      : `${from}/${textAt(reader, "path") ?? "NotificationInfo"}`;
  });
  unique(senders, (index, sender) =>
    say([...pathAt(index), "from"], `${sender} is another reader already; give each its own path`),
  );
  for (const { reader, path } of readers) {
    checkAddress(reader, path, say);
    checkAddress(memberOf(reader, "mirror"), [...path, "mirror"], say);
  }
}

function checkAddress(device: unknown, path: readonly PropertyKey[], say: Say): void {
  const url = URL.parse(textAt(device, "url") ?? "");
  if (url !== null && `${url.username}${url.password}` !== "") {
    say([...path, "url"], "leave user and password out; secrets.json has them under cameras");
  }
}
