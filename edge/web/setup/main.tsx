import "../../../shared/web/no-eval.ts";
import { render } from "preact";
import { begin } from "../connection.ts";
import { SetupApp } from "./setup-app.tsx";
import { words } from "./words.ts";

document.documentElement.lang = words.language;
const place = document.querySelector("#setup");
if (place !== null) render(<SetupApp />, place);
void begin();
