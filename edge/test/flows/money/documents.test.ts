import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { TillConfig } from "@gatehouse/shared/contracts/till-config";
import { describe, expect, test } from "vitest";
import { DocumentsDesk } from "../../../src/flows/money/documents-desk.ts";
import { issueDocument } from "../../../src/flows/money/documents.ts";
import { Book } from "../../../src/store/book.ts";
import { latestDocuments } from "../../../src/store/documents.ts";
import { issuer, receiptOf, tillsOf } from "./till-fixture.ts";

const anna = { kind: "attendant", id: "anna" } as const;

describe("numbers of documents", () => {
  test("have no gap, whatever write the power fails at and whatever is wound back", () => {
    let left = Number.POSITIVE_INFINITY;
    const site = tillsOf(":memory:", {
      onStep: () => {
        if ((left -= 1) < 0) throw new Error("power cut");
      },
    });
    let kept = 0;
    const woundBack = (): void =>
      site.book.write((tx) => {
        issueDocument(
          tx,
          { random: site.random, issuer },
          {
            deviceId: "till-1",
            kind: "receipt",
            sessionId: null,
            paymentId: null,
            body: receiptOf(1, "cash"),
            at: site.clock.now(),
          },
        );
        throw new Error("no");
      });
    for (let step = 0; step < 120; step += 1) {
      left = step % 40;
      try {
        site.take(step % 2 === 0 ? "cash" : "card", 100 + step);
      } catch (error) {
        if (!(error instanceof Error) || error.message !== "power cut") throw error;
      }
      left = Number.POSITIVE_INFINITY;
      expect(woundBack).toThrow("no");
      kept = latestDocuments(site.book, 100).length;
    }
    expect(kept).toBeGreaterThan(5);
    const numbers = latestDocuments(site.book, 100)
      .map(({ number }) => number)
      .toReversed();
    expect(numbers).toEqual(Array.from({ length: kept }, (_, index) => index + 1));
    const told = site.facts().filter((fact) => fact?.type === "document-issued");
    expect(told).toHaveLength(kept);
  });

  test("are counted for each device and kind by itself, in a book that is opened again too", () => {
    const site = tillsOf();
    const issue = (deviceId: string, kind: "receipt" | "refund") =>
      site.book.write(
        (tx) =>
          issueDocument(
            tx,
            { random: site.random, issuer },
            {
              deviceId,
              kind,
              sessionId: null,
              paymentId: null,
              body: receiptOf(100, "cash"),
              at: site.clock.now(),
            },
          ).number,
      );
    expect([issue("a", "receipt"), issue("a", "receipt"), issue("a", "refund")]).toEqual([1, 2, 1]);
    expect([issue("b", "receipt"), issue("a", "receipt")]).toEqual([1, 3]);
  });
});

describe("papers", () => {
  function printing() {
    const site = tillsOf();
    const printer = new PrinterSim(site.clock, "p-1");
    const tills = [
      TillConfig.parse({ id: "till-1", name: "Till", printer: "p-1", receipts: "always" }),
    ];
    const { book, clock, random } = site;
    const desk = new DocumentsDesk({
      book,
      clock,
      random,
      issuer,
      tills,
      printers: [printer],
      receiptUrl: "http://10.0.0.5:8080/",
    });
    site.take("cash", 350);
    const [receipt] = desk.list({}).documents;
    const id = receipt?.document_id ?? "";
    const print = async (request_id: string) => {
      const asked = desk.print(id, { request_id }, anna).catch((error: unknown) => error);
      await clock.advance(3000 as never);
      return asked;
    };
    return { ...site, desk, printer, print, id, receipt };
  }
  const texts = (pieces: readonly object[]): string[] =>
    pieces.flatMap((piece) => ("text" in piece ? [String(piece.text)] : []));

  test("the first is as it is, a further one is a copy that says so and is told to the ledger", async () => {
    const { print, printer, facts, receipt } = printing();
    expect(receipt?.url).toBe(`http://10.0.0.5:8080/receipt/${receipt?.token}`);
    expect(await print("a")).toMatchObject({ copy: 0, printer_id: "p-1" });
    expect(await print("a")).toMatchObject({ copy: 0 });
    expect(printer.papers).toHaveLength(1);
    expect(await print("b")).toMatchObject({ copy: 1 });
    expect(await print("c")).toMatchObject({ copy: 2 });
    expect(texts(printer.papers[0] ?? [])).not.toContain("KOPIE 1");
    expect(texts(printer.papers[2] ?? [])).toContain("KOPIE 2");
    expect(facts().filter((fact) => fact?.type === "document-reprinted")).toHaveLength(2);
  });

  test("what surely did not come out is no paper; what may have come out is one", async () => {
    const { print, printer } = printing();
    printer.fault = "printer-no-paper";
    expect(await print("a")).toMatchObject({ code: "printer-no-paper" });
    printer.fault = undefined;
    expect(await print("a")).toMatchObject({ copy: 0 });
    printer.fault = "print-unknown";
    expect(await print("b")).toMatchObject({ code: "print-unknown" });
    printer.fault = undefined;
    expect(await print("b")).toMatchObject({
      copy: 1,
      sentence: expect.stringContaining("look there"),
    });
    expect(await print("c")).toMatchObject({ copy: 2 });
  });

  test("a till that always gives a receipt prints it once", async () => {
    const { desk, printer, clock, id } = printing();
    void desk.printAtTill("till-1", id);
    void desk.printAtTill("till-2", id);
    await clock.advance(5000 as never);
    expect(printer.papers).toHaveLength(1);
  });

  test("an invoice is over all receipts of a stay, once, and later ones get their own", () => {
    const { desk, take } = printing();
    take("card", 200);
    const acme = { session_id: "s-1", name: "ACME", address: "Ringstraße 1" };
    const first = desk.invoice(acme);
    expect(first).toMatchObject({ kind: "invoice", number: 1, body: { amount_minor: 550 } });
    expect(desk.invoice(acme)).toEqual(first);
    expect(desk.invoice({ ...acme, name: "Other" })).toMatchObject({ reason: "invoiced-already" });
    take("card", 100);
    expect(desk.invoice({ ...acme, name: "Other" })).toMatchObject({ body: { amount_minor: 100 } });
    expect(desk.invoice({ ...acme, session_id: "s-9" })).toMatchObject({ reason: "nothing-paid" });
  });

  test("nobody reads a shift's report by its code, and no code leads nowhere", () => {
    const { desk, receipt } = printing();
    expect(desk.byToken(receipt?.token ?? "")?.title).toContain("till-1 / 1");
    expect(desk.byToken("nothing")).toBeUndefined();
    expect(new Book(":memory:").written).toBe(0);
  });
});
