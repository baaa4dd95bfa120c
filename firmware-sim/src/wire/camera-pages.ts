import { CameraBarrier } from "./camera-barrier.ts";

/** One request as a camera's pages see it. */
export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The pages of one make of camera. */
export interface CameraPages {
  answer(request: PageRequest): PageAnswer;
  /** Says no without doing anything. */
  refusal(): PageAnswer;
}

const xml = (body: string, status = 200): PageAnswer => ({
  status,
  type: 'application/xml; charset="UTF-8"',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`,
});

const isapiStatus = (code: number, text: string, sub: string, status: number): PageAnswer =>
  xml(
    `<ResponseStatus version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
<requestURL></requestURL>
<statusCode>${code}</statusCode>
<statusString>${text}</statusString>
<subStatusCode>${sub}</subStatusCode>
</ResponseStatus>`,
    status,
  );

const ok = isapiStatus(1, "OK", "ok", 200);
const notSupported = isapiStatus(4, "Invalid Operation", "notSupport", 403);
const badXml = isapiStatus(6, "Invalid Content", "badParameters", 400);
const modes = ["open", "close", "lock", "unlock"] as const;

/**
 * Hikvision (ISAPI): `barrierGate` of two channels, two alarm outputs, the arm's position.
 *
 * @param position what it tells of each arm: 0 not wired, 1 down, 2 up
 */
export function hikvisionPages(
  barrier: CameraBarrier,
  position: (index: number) => 0 | 1 | 2,
): CameraPages {
  return {
    refusal: () => isapiStatus(3, "Device Error", "deviceError", 500),
    answer: ({ method, url, body }) => {
      const path = url.pathname;
      if (method === "GET" && path === "/ISAPI/System/deviceInfo") {
        return xml("<DeviceInfo><model>DS-TCG406</model></DeviceInfo>");
      }
      const gate = /^\/ISAPI\/Parking\/channels\/(\d+)\/barrierGate(\/barrierGateStatus)?$/.exec(
        path,
      );
      if (gate !== null) {
        const index = Number(gate[1]) - 1;
        if (index < 0 || index >= CameraBarrier.outputs) return notSupported;
        if (method === "GET" && gate[2] !== undefined) {
          return xml(
            `<BarrierGate><barrierGateStatus>${position(index)}</barrierGateStatus></BarrierGate>`,
          );
        }
        const mode = modes.find((each) => elementIn(body, "BarrierGate", "ctrlMode") === each);
        if (method !== "PUT" || gate[2] !== undefined) return notSupported;
        if (mode === undefined) return badXml;
        barrier.command(index, mode);
        return ok;
      }
      const output = /^\/ISAPI\/System\/IO\/outputs\/(\d+)\/trigger$/.exec(path);
      const index = Number(output?.[1] ?? 0) - 1;
      if (method !== "PUT" || index < 0 || index >= CameraBarrier.outputs) return notSupported;
      const state = elementIn(body, "IOPortData", "outputState");
      if (state !== "high" && state !== "low") return badXml;
      barrier.setOutput(index, state === "high");
      return ok;
    },
  };
}

const plain = (body: string, status = 200): PageAnswer => ({
  status,
  type: "text/plain;charset=utf-8",
  body: `${body}\r\n`,
});

/** Dahua (CGI): strobe of two channels, two alarm outputs. */
export function dahuaPages(barrier: CameraBarrier): CameraPages {
  const has = (index: number): boolean => index >= 0 && index < CameraBarrier.outputs;
  return {
    refusal: () => plain("Error\r\nInternal Error!", 500),
    answer: ({ method, url }) => {
      const action = url.searchParams.get("action");
      if (method !== "GET") return plain("Error\r\nBad Request!", 400);
      if (url.pathname === "/cgi-bin/magicBox.cgi" && action === "getDeviceType") {
        return plain("type=ITC413-PW4D-IZ1");
      }
      const isStrobe = action === "openStrobe" || action === "closeStrobe";
      if (url.pathname === "/cgi-bin/trafficSnap.cgi" && isStrobe) {
        const index = Number(url.searchParams.get("channel")) - 1;
        if (!has(index)) return plain("Error\r\nBad Request!", 400);
        barrier.command(index, action === "openStrobe" ? "open" : "close");
        return plain("OK");
      }
      if (url.pathname === "/cgi-bin/configManager.cgi" && action === "setConfig") {
        const [, output, mode] =
          /AlarmOut\[(\d)\]\.Mode=([0-2])$/.exec(decodeURI(url.search)) ?? [];
        if (output === undefined || !has(Number(output)))
          return plain("Error\r\nBad Request!", 400);
        barrier.setOutput(Number(output), mode === "1");
        return plain("OK");
      }
      return plain("Error\r\nNot Found", 404);
    },
  };
}

const elementIn = (body: string, root: string, name: string): string | undefined =>
  new RegExp(`<${root}[^>]*>[^]*<${name}>(\\w+)</${name}>[^]*</${root}>`).exec(body)?.[1];
