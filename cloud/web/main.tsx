import "../../shared/web/no-eval.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import { begin } from "./connection.ts";
import { language } from "./frame/language.ts";

document.documentElement.lang = language;
const place = document.querySelector("#office");
if (place !== null) render(<App />, place);
begin();
