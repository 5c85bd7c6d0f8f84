// The page of the conversation: the picture that can be walked, and the chosen scene beside it.
"use strict";
import { begin as beginWalk } from "./content-walk.js";
import { begin as beginNode, unsaved } from "./content-node.js";

const panel = document.getElementById("panel");
const chosen = () => new URLSearchParams(location.search).get("node") || "";

document.documentElement.classList.add("scripted");
for (const each of document.querySelectorAll(".zoom[hidden]")) each.hidden = false;

const walk = beginWalk({ open });

async function open(name, { push = true } = {}) {
  if (unsaved() && !confirm(panel.querySelector(".node").dataset.lost)) return;
  const query = new URLSearchParams(location.search);
  query.set("node", name);
  for (const key of ["told", "edit", "new"]) query.delete(key);
  const answer = await fetch(`${panel.dataset.address}?${query}`, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) {
    location.assign(`?${query}`);
    return;
  }
  panel.innerHTML = await answer.text();
  panel.scrollTop = 0;
  if (push) history.pushState({}, "", `?${query}`);
  document.title = document.title.replace(/^[^|]*/, `${name} `);
  const after = document.querySelector('.new input[name="after"]');
  if (after) after.value = name;
  walk.choose(name);
  beginNode(panel, { open, redraw: walk.redraw });
  const title = document.getElementById("node-title");
  if (title) title.focus({ preventScroll: true });
}

addEventListener("popstate", () => (chosen() ? open(chosen(), { push: false }) : location.reload()));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-node]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.dataset.node);
});
for (const form of document.querySelectorAll("form[data-send-on-change]"))
  form.addEventListener("change", () => {
    if (chosen()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "node", value: chosen() }));
    form.requestSubmit();
  });
if (panel) beginNode(panel, { open, redraw: walk.redraw });
walk.choose(chosen());
