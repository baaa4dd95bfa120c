import { expect, test } from "vitest";
import { formBody, textAt, textsUnder } from "../../src/wire/form-body.ts";

test("brackets in names make records and lists", () => {
  const form = formBody(
    "mode=payment&line_items[0][price_data][unit_amount]=350&metadata[payment_id]=p%201&a%5Bb%5D=c",
  );
  expect(textAt(form, "mode")).toBe("payment");
  expect(textAt(form, "line_items", "0", "price_data", "unit_amount")).toBe("350");
  expect(textsUnder(form, "metadata")).toEqual({ payment_id: "p 1" });
  expect(textAt(form, "a", "b")).toBe("c");
  expect(textAt(form, "a", "b", "c")).toBeUndefined();
});
