/* A process of its own: a bug in a listener ends it. It prints its port. */
import { openDoor } from "./camera-door.ts";

const door = await openDoor();
door.setDecision(() => {
  throw new TypeError("a bug");
});
process.stdout.write(`${door.server.port}\n`);
