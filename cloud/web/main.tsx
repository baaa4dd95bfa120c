import "../../shared/web/no-eval.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import { begin } from "./connection.ts";
import { words } from "./words.ts";

document.documentElement.lang = words.language;
const place = document.querySelector("#office");
if (place !== null) render(<App />, place);
begin();
