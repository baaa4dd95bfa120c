import "../../../shared/web/no-eval.ts";
import { render } from "preact";
import { DriverPage } from "./driver-page.tsx";
import { begin } from "./paying.ts";
import { words } from "./words.ts";

document.documentElement.lang = words.language;
const place = document.querySelector("#driver");
if (place !== null) render(<DriverPage />, place);
void begin();
// A phone that goes back from the gateway's page may show this one as it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) void begin();
});
