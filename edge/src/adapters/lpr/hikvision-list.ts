import { hours, earlier, type Instant } from "@gatehouse/shared/time";
import { instantOfWall, wallOf } from "./local-time.ts";
import type { ListedSighting, PollFormat } from "./poll-format.ts";
import { BadPush, decodeText, longestPlate, type ReaderSite } from "./push-format.ts";
import { readXml, textAt, type XmlElement } from "./xml-tree.ts";

const largestList = 4 * 1024 * 1024;
/** A camera's clock may be off by so much and its list still be found. */
const clockSlack = hours(24);

/**
 * Hikvision's list of plates (ISAPI `vehicleDetect/plates`), asked for what comes after a picture's name. That name is
 * a moment with more digits than a number holds, by the camera's clock; the list comes in any order. The camera tells no
 * confidence here, so its plates count whole.
 */
export const hikvisionList = ({ timezone }: ReaderSite, channel: number): PollFormat => ({
  make: "Hikvision ISAPI plates",
  startAt: (now) => `${wallOf(earlier(now, clockSlack), timezone).replaceAll(/\D/g, "")}0000`,
  ask: (after) => ({
    method: "POST",
    path: `/ISAPI/Traffic/channels/${channel}/vehicleDetect/plates`,
    contentType: "application/xml",
    body: `<?xml version="1.0" encoding="UTF-8"?><AfterTime><picTime>${after}</picTime></AfterTime>`,
  }),
  read: (body) => {
    const text = decodeText(body, "xml", "utf-8", largestList);
    // An answer without anything to tell may be empty.
    if (text.trim() === "") return [];
    const root = readXml(text, "xml", listElements);
    if (root.name !== "Plates") throw new BadPush("xml", "the document is no Plates");
    return root.children
      .filter(({ name }) => name === "Plate")
      .map((plate, index) => listedOf(plate, `xml.Plate[${index}]`, timezone));
  },
});

/** A day's plates, ten elements each. */
const listElements = 100_000;

function listedOf(plate: XmlElement, path: string, timezone: string): ListedSighting {
  const place = textAt(plate, "picName") ?? "";
  if (!/^\d{14,24}$/.test(place)) throw new BadPush(`${path}.picName`, "is no row of digits");
  const told = textAt(plate, "plateNumber") ?? "";
  if (told.length > longestPlate) {
    throw new BadPush(`${path}.plateNumber`, `is longer than ${longestPlate} characters`);
  }
  const rawPlate = /^unknown$/i.test(told) ? "" : told;
  const country = textAt(plate, "country");
  const direction = textAt(plate, "direction");
  return {
    place,
    sighting: {
      readId: place,
      rawPlate,
      confidence: rawPlate === "" ? 0 : 1,
      candidates: [],
      ...(country === undefined ? {} : { country: country.slice(0, 20) }),
      vehicleClass: "unknown",
      direction: direction === "forward" || direction === "reverse" ? direction : "unknown",
      at: momentOf(textAt(plate, "captureTime") ?? place, path, timezone),
      retransmission: false,
    },
  };
}

/** `20200424T1616270000`: the site's wall time to the second; what follows differs between firmwares. */
function momentOf(told: string, path: string, timezone: string): Instant {
  const [year, month, day, hour, minute, second] = [
    ...(/^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)/.exec(told) ?? []),
  ].slice(1);
  const at = instantOfWall(`${year}-${month}-${day} ${hour}:${minute}:${second}`, timezone);
  if (at !== undefined) return at;
  throw new BadPush(`${path}.captureTime`, "is no time such as 20261120T1422330000");
}
