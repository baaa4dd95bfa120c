import {
  BadPush,
  type PushedBody,
  type ReaderSite,
} from "../../../src/adapters/lpr/push-format.ts";

export const site: ReaderSite = { readerId: "cam-1", timezone: "Europe/Berlin" };

/** A multipart body as a browser would write it: the yardstick for our own reader. */
export async function formBody(
  parts: readonly { name: string; fileName?: string; text: string | Buffer }[],
): Promise<PushedBody> {
  const form = new FormData();
  for (const { name, fileName, text } of parts) {
    if (fileName === undefined) form.append(name, text.toString());
    else form.append(name, new Blob([Buffer.from(text)]), fileName);
  }
  const response = new Response(form);
  return {
    contentType: response.headers.get("content-type") ?? "",
    bytes: Buffer.from(await response.arrayBuffer()),
    path: "",
  };
}

export interface AlertTags {
  readonly anpr?: string;
  readonly root?: string;
  readonly eventType?: string;
  readonly dateTime?: string;
}

/** The least XML that a Hikvision camera could push. */
export const alertXml = ({
  anpr = "<licensePlate>BAB1234</licensePlate><confidenceLevel>97</confidenceLevel>",
  root = "<UUID>uuid-1</UUID>",
  eventType = "<eventType>ANPR</eventType>",
  dateTime = "<dateTime>2026-11-20T14:22:33+01:00</dateTime>",
}: AlertTags = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
${dateTime}${eventType}<ANPR>${anpr}</ANPR>${root}
</EventNotificationAlert>`;

export const xmlBody = (xml: string): PushedBody => ({
  contentType: "application/xml; charset=UTF-8",
  bytes: Buffer.from(xml),
  path: "",
});

export const jsonBody = (value: unknown, path = ""): PushedBody => ({
  contentType: "application/json",
  bytes: Buffer.from(JSON.stringify(value)),
  path,
});

/** @throws whatever is neither a result nor a refusal */
export function outcomeOf(read: () => unknown): "read" | "refused" {
  try {
    read();
    return "read";
  } catch (error) {
    if (error instanceof BadPush) return "refused";
    throw error;
  }
}
