import { listAt, memberOf, type Say, textAt, unique } from "./config-values.ts";

/** Plate readers have names of their own, their passwords stand elsewhere, and a push is of one of them. */
export function checkReaders(value: unknown, say: Say): void {
  const ofLanes = listAt(value, "lanes").flatMap((lane, index) =>
    listAt(lane, "readers").map((reader, place) => ({
      reader,
      path: ["lanes", index, "readers", place] as readonly PropertyKey[],
    })),
  );
  const ofSpaces = listAt(value, "space_cameras").map((camera, index) => ({
    reader: memberOf(camera, "reader"),
    path: ["space_cameras", index, "reader"] as readonly PropertyKey[],
  }));
  for (const { reader, path } of ofSpaces) checkSpaceReader(reader, path, say);
  const readers = [...ofLanes, ...ofSpaces];
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

/** What looks at a space has no barrier to open. */
function checkSpaceReader(reader: unknown, path: readonly PropertyKey[], say: Say): void {
  if (textAt(reader, "format") === "gate-query")
    say([...path, "format"], "gate-query asks for a barrier; write it under a lane's readers");
  if (memberOf(reader, "mirror") !== undefined)
    say([...path, "mirror"], "only a lane's camera opens by its list; leave it out");
}

function checkAddress(device: unknown, path: readonly PropertyKey[], say: Say): void {
  const url = URL.parse(textAt(device, "url") ?? "");
  if (url !== null && `${url.username}${url.password}` !== "") {
    say([...path, "url"], "leave user and password out; secrets.json has them under cameras");
  }
}
