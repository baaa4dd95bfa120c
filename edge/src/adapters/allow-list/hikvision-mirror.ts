import { Fault } from "@gatehouse/shared/fault";
import type {
  AllowListMirror,
  HeldPlate,
  MirroredPlate,
} from "@gatehouse/shared/ports/allow-list-mirror";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { wallOf } from "../lpr/local-time.ts";
import { BadPush } from "../lpr/push-format.ts";
import { readXml, textAt, type XmlElement } from "../lpr/xml-tree.ts";
import type { SignedRequest } from "../wire/signed-http.ts";
import type { MirrorOptions } from "./dahua-mirror.ts";
import { MirrorReport } from "./mirror-report.ts";

const noEnd = "2037-12-31T23:59:59";
/** So many records an answer, and so many answers at most. */
const pageSize = 400;
const pagesMax = 10;
const elementsMax = 20_000;
/** Newer firmwares have renamed it. */
const listNames = ["whiteList", "allowList"] as const;

/**
 * The allow list of a Hikvision camera: JSON records to `licensePlateAuditData/record`, removal by the record's id as a
 * text (a number is answered OK and does nothing), reading back by `searchLPListAudit`. One plate has one record:
 * writing it again replaces it. Records cannot say who wrote them.
 */
export class HikvisionMirror implements AllowListMirror {
  readonly id: string;
  readonly laneId: string;
  readonly capacity = pageSize * pagesMax;
  readonly #options: MirrorOptions;
  readonly #report: MirrorReport;
  /** What this camera calls the list; found out by its refusal. */
  #listName: (typeof listNames)[number] = "whiteList";

  constructor(options: MirrorOptions) {
    const { id, laneId, http, clock } = options;
    this.id = id;
    this.laneId = laneId;
    this.#options = options;
    this.#report = new MirrorReport(id, laneId, `Hikvision allow list at ${http.address}`, clock);
  }

  list(): Promise<readonly HeldPlate[]> {
    return this.#report.counted("lists", async () => {
      const held: HeldPlate[] = [];
      for (let page = 0; page < pagesMax; page += 1) {
        const found = await this.#search("", held.length);
        held.push(...found);
        if (found.length < pageSize) break;
      }
      return held;
    });
  }

  find(plate: string): Promise<readonly HeldPlate[]> {
    return this.#report.counted("searches", async () =>
      (await this.#search(plate, 0)).filter((each) => each.plate === plate),
    );
  }

  write(plate: MirroredPlate): Promise<void> {
    return this.#report.counted("writes", async () => {
      try {
        await this.#writeAs(this.#listName, plate);
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== "wire-exception") throw error;
        const other = listNames.find((name) => name !== this.#listName) ?? this.#listName;
        await this.#writeAs(other, plate);
        this.#listName = other;
      }
    });
  }

  remove(recordId: string): Promise<void> {
    return this.#report.counted("removals", () =>
      this.#put("DelLicensePlateAuditData", { id: [recordId], deleteAllEnabled: false }),
    );
  }

  report(): readonly DeviceReport[] {
    return [this.#report.report()];
  }

  #writeAs(listType: string, { plate, until }: MirroredPlate): Promise<void> {
    const { clock, timezone } = this.#options;
    const begin = wallOf(clock.now(), timezone).replace(" ", "T");
    // Some firmwares know days only: the last one counts whole.
    const end = until === undefined ? noEnd : wallOf(until, timezone);
    const record = {
      LicensePlate: plate,
      listType,
      createTime: begin,
      effectiveStartDate: begin.slice(0, 10),
      effectiveTime: end.slice(0, 10),
      id: "",
    };
    return this.#put("licensePlateAuditData/record", { LicensePlateInfoList: [record] });
  }

  async #put(page: string, content: unknown): Promise<void> {
    const answer = await this.#ask({
      method: "PUT",
      path: this.#pathOf(`${page}?format=json`),
      contentType: "application/json; charset=UTF-8",
      body: JSON.stringify(content),
    });
    if (/"statusCode"\s*:\s*1\b/.test(answer) || /<statusCode>\s*1\s*</.test(answer)) return;
    const said = answer.replaceAll(/\s+/g, " ").slice(0, 120);
    throw new Fault("wire-exception", `${this.#options.http.address} refuses ${page}: ${said}`);
  }

  async #search(plate: string, from: number): Promise<HeldPlate[]> {
    const answer = await this.#ask({
      method: "POST",
      path: this.#pathOf("searchLPListAudit"),
      contentType: "application/xml; charset=UTF-8",
      body:
        `<?xml version="1.0" encoding="UTF-8"?><LPListAuditSearchDescription>` +
        `<searchID>gatehouse-${from}</searchID><maxResults>${pageSize}</maxResults>` +
        `<searchResultPosition>${from}</searchResultPosition>` +
        `<LicensePlate>${plate}</LicensePlate></LPListAuditSearchDescription>`,
    });
    try {
      return recordsIn(readXml(answer, "xml", elementsMax));
    } catch (error) {
      if (!(error instanceof BadPush)) throw error;
      throw new Fault("wire-noise", `${this.#options.http.address}: ${error.message}`);
    }
  }

  async #ask(request: SignedRequest): Promise<string> {
    const { http } = this.#options;
    const { status, body } = await http.ask(request);
    if (status === 200) return body.toString("utf8");
    throw new Fault("wire-exception", `${http.address} answers ${status} to its list of plates`);
  }

  #pathOf(page: string): string {
    return `/ISAPI/Traffic/channels/${this.#options.channel}/${page}`;
  }
}

const plateTags = ["LicensePlate", "licensePlate", "plateNumber", "plateNo"];
const denied = /^(black|block)/i;

/** Records of the allow list, wherever in the document this firmware has them. */
function recordsIn(root: XmlElement): HeldPlate[] {
  const records: HeldPlate[] = [];
  const open: XmlElement[] = [root];
  for (let element = open.shift(); element !== undefined; element = open.shift()) {
    open.push(...element.children);
    const recordId = textAt(element, "id");
    const plate = plateTags.map((tag) => textAt(element, tag)).find((each) => each !== undefined);
    if (recordId === undefined || plate === undefined) continue;
    const list = textAt(element, "listType") ?? textAt(element, "type") ?? "";
    if (!denied.test(list)) records.push({ recordId, plate, isOurs: undefined });
  }
  return records;
}
