// One scene: its form and its YAML in step, what is wrong at its field, and nothing lost when the page is closed.
"use strict";

const PAUSE = 350;
const BEAT = 15000;
let node = null;

export const unsaved = () => Boolean(node && node.changed());

addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });

export function begin(panel, { open, redraw }) {
  if (node) node.close();
  const form = panel.querySelector("form#node");
  node = form && panel.querySelector("#save") ? editor(panel, form, { open, redraw }) : null;
  lines(panel);
  for (const button of panel.querySelectorAll("[data-hear][hidden]")) button.hidden = false;
}

function editor(panel, form, { open, redraw }) {
  const yaml = form.querySelector("#yaml");
  const fields = form.querySelector("#fields");
  const saved = form.querySelector("#saved");
  const article = panel.querySelector(".node");
  const kept = `voicebot-scene:${location.pathname}:${article.dataset.path}:${article.dataset.name}`;
  let began = form.elements.began.value;
  let waiting = 0;
  let asked = 0;
  let pending = "";
  let running = Promise.resolve();
  let closed = false;

  const changed = () => yaml.value.trim() !== began.trim();
  const headers = { accept: "application/json", "x-form-token": form.elements.form_token.value };

  function noted() {
    if (changed()) localStorage.setItem(kept, JSON.stringify({ yaml: yaml.value, began, at: Date.now() }));
    else localStorage.removeItem(kept);
    form.querySelector("#revert").hidden = !changed();
    saved.textContent = changed() ? saved.dataset.unsaved : "";
    saved.className = "";
  }

  function later(from) {
    pending = from;
    clearTimeout(waiting);
    waiting = setTimeout(() => sync(from), PAUSE);
  }

  function sync(from, deed = "") {
    clearTimeout(waiting);
    pending = "";
    running = synced(from, deed);
    return running;
  }

  async function synced(from, deed) {
    const number = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.delete("began");
    body.set("from", from);
    body.set("do", deed);
    const answer = await fetch(form.dataset.sync, { method: "POST", headers, body }).catch(() => null);
    if (closed || number !== asked) return;
    if (!answer || !answer.ok) { saved.textContent = saved.dataset.failed; saved.className = "bad"; return; }
    const told = await answer.json();
    if (closed || number !== asked) return;
    if (from === "form") { yaml.value = told.yaml; lines(panel); }
    if (told.form !== null) redrawForm(told.form);
    form.querySelector("#form-off").hidden = !told.broken;
    fields.disabled = told.broken;
    tell(told);
    noted();
  }

  function redrawForm(html) {
    const open = [...fields.querySelectorAll("details[data-row]")].map((row) => [row.dataset.row, row.open]);
    const focus = document.activeElement && fields.contains(document.activeElement) ? document.activeElement.name : "";
    const legend = fields.querySelector("legend");
    fields.innerHTML = html;
    fields.prepend(legend);
    for (const [row, was] of open) {
      const again = fields.querySelector(`details[data-row="${CSS.escape(row)}"]`);
      if (again) again.open = was || again.open;
    }
    if (focus) fields.querySelector(`[name="${CSS.escape(focus)}"]`)?.focus();
    scripted();
  }

  function tell(told) {
    for (const place of fields.querySelectorAll(".at-field")) {
      const words = (told.fields || {})[place.dataset.at] || "";
      if (place.textContent !== words) place.textContent = words;
      place.hidden = !words;
      const input = place.closest(".field")?.querySelector("input, textarea, select");
      if (input && place.parentElement.dataset.field === place.dataset.at) input.toggleAttribute("aria-invalid", Boolean(words));
      if (input?.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
    }
    const whole = form.querySelector("#told-node");
    const words = (told.fields || {})[""] || "";
    if (whole.textContent !== words) whole.textContent = words;
    whole.hidden = !words || told.broken;
    listed(told.told);
  }

  function listed(rows) {
    const list = form.querySelector("#yaml-told");
    list.replaceChildren(...rows.map((each) => {
      const row = Object.assign(document.createElement("li"), { className: each.level });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: form.dataset.words.replace("{line}", each.line) });
      button.dataset.line = each.line;
      row.append(button, " ", each.message);
      return row;
    }));
    yaml.toggleAttribute("aria-invalid", rows.length > 0);
  }

  function scripted() {
    for (const each of form.querySelectorAll("[data-do][hidden], .row-tools[hidden], .languages[hidden], [data-hear][hidden]")) each.hidden = false;
  }

  fields.addEventListener("input", (event) => {
    if (event.target.matches("[data-kind]")) return;
    later("form");
  });
  fields.addEventListener("change", (event) => {
    if (event.target.matches("[data-kind]")) sync("form", "kind");
    else if (event.target.matches("input[list]")) sync("form", "goal");
  });
  fields.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) sync("form", button.dataset.do);
  });
  yaml.addEventListener("input", () => {
    lines(panel);
    noted();
    later("yaml");
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    if (button) toLine(yaml, Number(button.dataset.line));
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  form.querySelector("#revert").addEventListener("click", () => { yaml.value = began; lines(panel); sync("yaml"); });

  async function save() {
    // What was typed into the form in the last moment stands in the YAML only when the service has answered.
    if (pending === "form") sync("form");
    await running;
    const body = new URLSearchParams({ from: "yaml" });
    for (const name of ["form_token", "name", "path", "began", "yaml"]) body.set(name, form.elements[name].value);
    const mine = yaml.value;
    const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
    const told = answer ? await answer.json().catch(() => null) : null;
    if (!told || (!answer.ok && !told.crossed && !told.refused)) { saved.textContent = (told && told.message) || saved.dataset.failed; saved.className = "bad"; return; }
    if (told.refused) { saved.textContent = told.refused; saved.className = "bad"; return; }
    if (told.crossed) { crossing(told.crossed, mine); return; }
    localStorage.removeItem(kept);
    began = told.text;
    form.elements.began.value = told.text;
    if (told.name !== article.dataset.name) { yaml.value = told.text; await open(told.name); redraw(); return; }
    if (yaml.value === mine) yaml.value = told.text;
    lines(panel);
    noted();
    saved.className = told.faulty ? "bad" : "good";
    saved.textContent = told.joined ? saved.dataset.joined.replace("{by}", told.joined) : told.edit === null ? saved.dataset.same : told.faulty ? saved.dataset.faulty : saved.dataset.saved;
    if (told.joined) sync("yaml").then(() => { saved.textContent = saved.dataset.joined.replace("{by}", told.joined); });
    const undo = panel.querySelector("#undo");
    if (undo && told.edit !== null) { undo.elements.edit.value = told.edit; undo.hidden = false; saved.after(undo); }
    redraw();
    findings();
  }

  function crossing(html, mine) {
    const place = document.createElement("div");
    place.innerHTML = html;
    form.hidden = true;
    panel.querySelector(".crossed")?.remove();
    form.before(place.firstElementChild);
    const other = panel.querySelector("form#crossed");
    other.querySelector(".crossed-tools").hidden = false;
    panel.querySelector("#h-crossed").focus();
    localStorage.setItem(kept, JSON.stringify({ yaml: mine, began, at: Date.now() }));
    other.addEventListener("click", (event) => {
      const take = event.target.closest("[data-take]");
      if (take) other.elements.yaml.value = take.dataset.take === "mine" ? other.querySelector("#crossed-mine").value : other.elements.began.value;
    });
    other.addEventListener("submit", () => { localStorage.removeItem(kept); began = yaml.value; });
    other.querySelector("[data-give-up]").addEventListener("click", () => { localStorage.removeItem(kept); began = yaml.value; });
  }

  // What was typed and not saved when the page was closed.
  function offer() {
    const left = JSON.parse(localStorage.getItem(kept) || "null");
    const place = panel.querySelector("#restore");
    if (!left || left.yaml.trim() === began.trim()) { localStorage.removeItem(kept); return; }
    place.hidden = false;
    panel.querySelector("#restore-yes").addEventListener("click", () => {
      place.hidden = true;
      // What it was begun with stays: saving joins it with what others did meanwhile.
      began = left.began;
      form.elements.began.value = left.began;
      yaml.value = left.yaml;
      lines(panel);
      sync("yaml");
      yaml.focus();
    });
    panel.querySelector("#restore-no").addEventListener("click", () => { place.hidden = true; localStorage.removeItem(kept); });
  }

  async function company() {
    if (closed || document.hidden) return;
    const query = new URLSearchParams({ node: article.dataset.name, began: await digest(began) });
    const answer = await fetch(`${form.dataset.now}?${query}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok || closed) return;
    const { others, changed: other, by } = await answer.json();
    const place = panel.querySelector("#company");
    const words = [others.length ? place.dataset.words.replace("{names}", others.join("、")) : "", other ? place.dataset.changed.replace("{by}", by) : ""].filter(Boolean).join(" ");
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
  }

  // What the whole check says of this scene, at its fields; as long as nothing is being written.
  async function findings() {
    const query = new URLSearchParams({ node: article.dataset.name });
    const answer = await fetch(`${form.dataset.findings}?${query}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok || closed || changed()) return;
    if (answer.status === 202) return setTimeout(findings, 400); // the check is under way
    const { here } = await answer.json();
    const places = {};
    for (const each of here) {
      let where = each.field;
      while (where && !fields.querySelector(`.at-field[data-at="${CSS.escape(where)}"]`)) where = where.includes(".") ? where.slice(0, where.lastIndexOf(".")) : "";
      (places[where] = places[where] || []).push(each.message);
    }
    if (here.length) tell({ told: here, broken: fields.disabled, fields: Object.fromEntries(Object.entries(places).map(([where, all]) => [where, all.join(" ")])) });
    for (const each of here) fields.querySelector(`.at-field[data-at="${CSS.escape(each.field)}"]`)?.classList.toggle("mild", each.level === "warning");
  }

  scripted();
  offer();
  company();
  findings();
  const beat = setInterval(company, BEAT);
  return { changed: () => changed() || pending === "form", close() { closed = true; clearInterval(beat); clearTimeout(waiting); } };
}

async function digest(text) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Numbers beside the lines.
export function lines(panel) {
  const yaml = panel.querySelector("#yaml");
  const gutter = panel.querySelector(".gutter");
  if (!yaml || !gutter) return;
  const count = yaml.value.split("\n").length;
  gutter.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n");
  if (!yaml.dataset.numbered) {
    yaml.dataset.numbered = "yes";
    yaml.addEventListener("scroll", () => { gutter.scrollTop = yaml.scrollTop; });
  }
  gutter.scrollTop = yaml.scrollTop;
}

export function toLine(yaml, line) {
  const before = yaml.value.split("\n").slice(0, line - 1).join("\n");
  const start = before.length + (line > 1 ? 1 : 0);
  const end = yaml.value.indexOf("\n", start);
  yaml.closest("details")?.setAttribute("open", "");
  yaml.focus();
  yaml.setSelectionRange(start, end < 0 ? yaml.value.length : end);
  // Choosing text alone does not bring it into sight in every browser.
  yaml.scrollTop = Math.max(0, (line - 1) * parseFloat(getComputedStyle(yaml).lineHeight) - yaml.clientHeight / 3);
}
