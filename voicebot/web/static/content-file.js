// A whole file: numbers beside its lines, and what was typed is kept when the page is closed.
"use strict";
import { lines, toLine } from "./content-node.js";

const form = document.getElementById("file");
const yaml = document.getElementById("yaml");
const kept = `voicebot-file:${location.pathname}:${form.dataset.path}`;
const began = yaml.defaultValue;
let sent = false;

lines(form);
yaml.addEventListener("input", () => { lines(form); localStorage.setItem(kept, yaml.value); });
form.addEventListener("submit", () => { sent = true; localStorage.removeItem(kept); });
addEventListener("beforeunload", (event) => { if (!sent && yaml.value !== began) event.preventDefault(); });
for (const button of document.querySelectorAll("[data-line]")) button.addEventListener("click", () => toLine(yaml, Number(button.dataset.line)));

const left = localStorage.getItem(kept);
if (left !== null && left !== began) {
  const place = document.getElementById("restore");
  place.hidden = false;
  document.getElementById("restore-yes").addEventListener("click", () => { place.hidden = true; yaml.value = left; lines(form); });
  document.getElementById("restore-no").addEventListener("click", () => { place.hidden = true; localStorage.removeItem(kept); });
}
const line = Number(new URLSearchParams(location.search).get("line"));
if (line) toLine(yaml, line);
