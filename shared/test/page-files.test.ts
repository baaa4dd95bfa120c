import { expect, test } from "vitest";
import { pageFilesOf } from "../src/page-files.ts";

const bytesOf = (file: string): Uint8Array => new TextEncoder().encode(file);

test("a page is asked for by its paths, and by its bare address too", () => {
  const paths = ["index.html", "setup.html", "assets/main-1a2b.js"];
  const files = pageFilesOf("/dist", paths, bytesOf);
  expect([...files.keys()].toSorted()).toEqual([
    "/",
    "/assets/main-1a2b.js",
    "/index.html",
    "/setup",
    "/setup.html",
  ]);
  expect(files.get("/")).toBe(files.get("/index.html"));
  expect(files.get("/setup")).toBe(files.get("/setup.html"));
  expect(files.get("/")).toMatchObject({ type: "text/html; charset=utf-8", isHashed: false });
  expect(files.get("/assets/main-1a2b.js")).toMatchObject({ isHashed: true });
});

test("files of unknown kind are not even read", () => {
  const read: string[] = [];
  const files = pageFilesOf("/dist", ["key.pem", "icon.svg"], (file) => {
    read.push(file);
    return bytesOf(file);
  });
  expect([...files.keys()]).toEqual(["/icon.svg"]);
  expect(read).toEqual(["/dist/icon.svg"]);
});

test("other bytes have another tag", () => {
  const tagOf = (text: string): string | undefined =>
    pageFilesOf("/dist", ["a.css"], () => bytesOf(text)).get("/a.css")?.etag;
  expect(tagOf("one")).toBe(tagOf("one"));
  expect(tagOf("one")).not.toBe(tagOf("two"));
});

test("a folder that holds far more than a page is none", () => {
  const many = Array.from({ length: 501 }, (_, index) => `${index}.js`);
  expect(() => pageFilesOf("/dist", many, bytesOf)).toThrow(RangeError);
  expect(() => pageFilesOf("/dist", ["a.js"], () => new Uint8Array(33 * 1024 * 1024))).toThrow(
    RangeError,
  );
});
