import { z } from "zod";
import { evidenceOf, jpegInBase64 } from "./evidence.ts";
import {
  fitted,
  largestWithPictures,
  looseNumber,
  plateText,
  readJson,
  someId,
} from "./json-body.ts";
import { instantOfWall } from "./local-time.ts";
import {
  BadPush,
  type PushContent,
  type PushedBody,
  type PushFormat,
  type ReaderSite,
  share,
  type Sighting,
} from "./push-format.ts";
import { madeReadId } from "./read-id.ts";
import { colourOf, vehicleClassOf } from "./vehicle-words.ts";

const PictureFile = z.object({ Content: z.string().nullish() }).nullish();

const Tollgate = z.object({
  Picture: z.object({
    Plate: z
      .object({
        IsExist: z.boolean().nullish(),
        PlateNumber: plateText.nullish(),
        Confidence: looseNumber,
        Region: z.string().max(20).nullish(),
      })
      .nullish(),
    Vehicle: z
      .object({
        VehicleType: z.string().nullish(),
        VehicleColor: z.string().nullish().catch(undefined),
      })
      .nullish(),
    SnapInfo: z.object({
      AccurateTime: z.string().max(40).nullish(),
      SnapTime: z.string().max(40).nullish(),
      Direction: z.union([z.string(), z.number()]).nullish(),
      DeviceID: someId.nullish(),
    }),
    NormalPic: PictureFile,
    CutoutPic: PictureFile,
    PlatePic: PictureFile,
    VehiclePic: PictureFile,
  }),
});

/**
 * Dahua's ITSAPI push: JSON with its pictures inside, to `…/TollgateInfo`, `…/KeepAlive` and `…/DeviceInfo`. The
 * camera's clock shows the site's time; what its `TimeZone` counts differs between firmwares, so it is not used. It
 * gives no id: device, time and plate are one, because `UploadNum` grows with each repeat.
 */
export const dahua = (site: ReaderSite): PushFormat => ({
  make: "Dahua ITSAPI push",
  repeatsForEver: true,
  answer: () => ({ Result: true, Message: "Success" }),
  read: (body: PushedBody): PushContent => {
    const event = body.path.split("/").at(-1) ?? "";
    if (/^(KeepAlive|DeviceInfo)$/i.test(event)) return { kind: "other", event };
    const value = readJson(body.bytes, "json", largestWithPictures);
    // Without a path of its own a heartbeat is told by what it lacks.
    if (event === "" && !hasPicture(value)) return { kind: "other", event: "KeepAlive" };
    const { Picture } = fitted(Tollgate, value, "json");
    return { kind: "sightings", sightings: [sightingOf(Picture, site)] };
  },
});

const hasPicture = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "Picture" in value;

function sightingOf(
  picture: z.infer<typeof Tollgate>["Picture"],
  { readerId, timezone }: ReaderSite,
): Sighting {
  const { Plate: plate, SnapInfo: snap } = picture;
  const told = snap.AccurateTime || snap.SnapTime || "";
  const at = instantOfWall(told, timezone);
  if (at === undefined) {
    throw new BadPush(
      "Picture.SnapInfo.AccurateTime",
      "is no time such as 2026-11-20 14:22:33.123",
    );
  }
  const rawPlate = plate?.IsExist === false ? "" : dahuaPlate(plate?.PlateNumber);
  return {
    readId: madeReadId(readerId, snap.DeviceID ?? "", told, rawPlate),
    rawPlate,
    confidence: share((plate?.Confidence ?? 0) / 100),
    candidates: [],
    ...(plate?.Region ? { country: plate.Region } : {}),
    vehicleClass: vehicleClassOf(picture.Vehicle?.VehicleType),
    ...colourOf(picture.Vehicle?.VehicleColor),
    direction: dahuaDirection(snap.Direction),
    at,
    retransmission: false,
    pictures: evidenceOf([
      ["plate", jpegInBase64(picture.CutoutPic?.Content ?? picture.PlatePic?.Content)],
      ["vehicle", jpegInBase64(picture.VehiclePic?.Content)],
      ["overview", jpegInBase64(picture.NormalPic?.Content)],
    ]),
  };
}

/** `Unknown`, `Unlicensed` and the like are no plates. */
export const dahuaPlate = (told: string | null | undefined): string =>
  /^(unknown|unlicensed|no ?plate|none|-|无牌|未识别)?$/i.test((told ?? "").trim())
    ? ""
    : (told ?? "");

/** `Obverse`: towards the camera. Numbers mean points of the compass, which say nothing here. */
export const dahuaDirection = (told: unknown): Sighting["direction"] =>
  told === "Obverse" ? "forward" : told === "Reverse" ? "reverse" : "unknown";
