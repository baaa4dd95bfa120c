import "../../../shared/web/no-eval.ts";
import { render } from "preact";
import { findMerchant } from "./giving.ts";
import { ValidatePage } from "./validate-page.tsx";
import { words } from "./words.ts";

document.documentElement.lang = words.language;
const place = document.querySelector("#validate");
if (place !== null) render(<ValidatePage />, place);
void findMerchant();
