import type { ServerResponse } from "node:http";
import type { SeenPlate } from "../hardware.ts";
import { CameraServer } from "./camera-server.ts";
import type { SignInGuardOptions } from "./sign-in-guard.ts";
import { wallClock } from "./wall-clock.ts";

/** One record of its list of plates. */
export interface ListRecord {
  readonly id: string;
  readonly plate: string;
  readonly listType: string;
}

/** A Hikvision plate camera as ISAPI shows it: the plates it has read, and its list of plates. */
export class HikvisionCamera {
  readonly server: CameraServer;
  /** By plate: it has one record of each. */
  readonly records = new Map<string, ListRecord>();
  /** What this firmware calls the list. */
  readonly listName: "whiteList" | "allowList";
  readonly #timezone: string;
  readonly #plates: { readonly picName: string; readonly xml: string }[] = [];
  #nextId = 1;

  constructor(
    timezone: string,
    signIn: SignInGuardOptions = {},
    listName: "whiteList" | "allowList" = "whiteList",
  ) {
    this.#timezone = timezone;
    this.listName = listName;
    this.server = new CameraServer(
      (url, body, response) => this.#page(url, body, response),
      signIn,
    );
  }

  see({ rawPlate, at }: SeenPlate): void {
    const wall = wallClock(at, this.#timezone).replaceAll(/\D/g, "");
    const picName = `${wall}${this.#plates.length % 10}`;
    const captured = `${wall.slice(0, 8)}T${wall.slice(8, 14)}0000`;
    const plate = rawPlate === "" ? "unknown" : rawPlate;
    const xml = `<Plate><captureTime>${captured}</captureTime><plateNumber>${plate}</plateNumber><picName>${picName}</picName><country>DEU</country><laneNo>1</laneNo><direction>forward</direction></Plate>`;
    this.#plates.push({ picName, xml });
  }

  #page(url: URL, body: string, response: ServerResponse): boolean {
    const page = /^\/ISAPI\/Traffic\/channels\/1\/(.+)$/.exec(url.pathname)?.[1];
    if (page === "vehicleDetect/plates") return this.#list(body, response);
    if (page === "searchLPListAudit") return this.#search(body, response);
    if (page === "licensePlateAuditData/record") return this.#write(body, response);
    return page === "DelLicensePlateAuditData" && this.#remove(body, response);
  }

  /** In no order, as they do. */
  #list(body: string, response: ServerResponse): boolean {
    const after = BigInt(/<picTime>(\d+)<\/picTime>/.exec(body)?.[1] ?? "0");
    const found = this.#plates.filter(({ picName }) => BigInt(picName) > after).toReversed();
    const plates = found.map(({ xml }) => xml).join("\n");
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Plates version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">\n${plates}\n</Plates>`,
    );
    return true;
  }

  #search(body: string, response: ServerResponse): boolean {
    const wanted = /<LicensePlate>([^<]*)<\/LicensePlate>/.exec(body)?.[1] ?? "";
    const from = Number(/<searchResultPosition>(\d+)</.exec(body)?.[1] ?? 0);
    const most = Number(/<maxResults>(\d+)</.exec(body)?.[1] ?? 20);
    const found = [...this.records.values()].filter(({ plate }) => plate.includes(wanted));
    const shown = found.slice(from, from + most);
    const records = shown.map(
      ({ id, plate, listType }) =>
        `<LicensePlateInfo><id>${id}</id><LicensePlate>${plate}</LicensePlate><type>${listType}</type></LicensePlateInfo>`,
    );
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?><LPListAuditSearchResult xmlns="http://www.hikvision.com/ver20/XMLSchema"><totalMatches>${found.length}</totalMatches><numOfMatches>${shown.length}</numOfMatches><LicensePlateInfoList>${records.join("")}</LicensePlateInfoList></LPListAuditSearchResult>`,
    );
    return true;
  }

  #write(body: string, response: ServerResponse): boolean {
    const { LicensePlateInfoList: records } = JSON.parse(body) as {
      LicensePlateInfoList: { LicensePlate: string; listType: string }[];
    };
    const isKnown = records.every(
      ({ listType }) => listType === this.listName || listType.startsWith("b"),
    );
    if (!isKnown) return respond(response, 400, 6, "badParameters");
    for (const { LicensePlate: plate, listType } of records) {
      const id = this.records.get(plate)?.id ?? String(this.#nextId++);
      this.records.set(plate, { id, plate, listType });
    }
    return respond(response, 200, 1, "ok");
  }

  /** An id that is no text is answered OK and removes nothing. */
  #remove(body: string, response: ServerResponse): boolean {
    const { id: ids } = JSON.parse(body) as { id: unknown[] };
    for (const { id, plate } of this.records.values()) {
      if (ids.includes(id)) this.records.delete(plate);
    }
    return respond(response, 200, 1, "ok");
  }
}

function respond(response: ServerResponse, status: number, code: number, sub: string): boolean {
  const answer = { statusCode: code, statusString: sub, subStatusCode: sub };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  return true;
}
