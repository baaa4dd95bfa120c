import { readdirSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { installModel } from "../../../src/vision/models/install.ts";
import { modelShelf, tinyModel } from "../../vision/models/model-shelf.ts";

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/tiny.onnx`;
}

test("a model is downloaded, through a redirect too, and its card says from where", async () => {
  const places = modelShelf();
  const from = await serve((request, response) => {
    if (request.url === "/tiny.onnx") response.writeHead(302, { location: "/there" }).end();
    else response.end(tinyModel());
  });
  const done = await installModel({ name: "tiny", from }, places);
  expect(done).toMatchObject({ kind: "installed", card: { source: from } });
});

test.each<[string, RequestListener, string]>([
  ["says 404", (_request, response) => response.writeHead(404).end("no"), "unreachable"],
  [
    "hangs up in the middle",
    (_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(tinyModel().subarray(0, 100), () => response.destroy());
    },
    "unreachable",
  ],
  ["sends another file", (_request, response) => response.end("something else"), "not-the-file"],
  [
    "never stops sending",
    (_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    },
    "too-large",
  ],
])("a server that %s installs nothing", async (_what, answer, reason) => {
  const places = modelShelf();
  const outcome = await installModel({ name: "tiny", from: await serve(answer) }, places);
  expect(outcome).toMatchObject({ kind: "refused", reason });
  expect(readdirSync(places.installed)).toEqual([]);
});

test("nobody listening is told as such", async () => {
  const places = modelShelf();
  const outcome = await installModel({ name: "tiny", from: "http://127.0.0.1:9/x" }, places);
  expect(outcome).toMatchObject({ kind: "refused", reason: "unreachable" });
});
