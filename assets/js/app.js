// Everything a page does in the browser. Each module wakes by attributes (data-...),
// so templates carry no script, and pages work without any of it.
import htmx from "htmx.org";
import { wakeConfirm } from "./confirm.js";
import { wakeDrafts } from "./drafts.js";
import { wakeExpand } from "./expand.js";
import { wakeFiles } from "./files.js";
import { wakeFind } from "./find.js";
import { wakeForms } from "./forms.js";
import { wakeFrame } from "./frame.js";
import { wakeRows } from "./rows.js";
import { wakeSigning } from "./sign.js";
import { wakeStatement } from "./statement.js";
import { wakeTheme } from "./theme.js";

window.htmx = htmx;
document.documentElement.classList.add("js");
wakeFrame(document);
wakeTheme(document);
wakeFind(document);
wakeStatement(document);
wakeRows(document);
wakeExpand(document);
wakeConfirm(document);
wakeForms(document);
wakeDrafts(document);

const wakeParts = (root) => { wakeFiles(root); wakeSigning(root); };
wakeParts(document);
document.addEventListener("htmx:load", (event) => wakeParts(event.target));
