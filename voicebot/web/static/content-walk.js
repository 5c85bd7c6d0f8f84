// Walking the picture: size, moving, arrow keys from scene to scene, finding. Without it every scene is a link.
"use strict";

const NONE = { choose() {}, redraw() {} };
const SMALLEST = 0.08;
const LARGEST = 2;

export function begin({ open }) {
  const pane = document.getElementById("picture");
  finding(open, (name) => pane && look(name));
  if (!pane || !pane.querySelector("svg")) {
    checked(() => {});
    return NONE;
  }
  let zoom = 1;
  let boxes = new Map();
  let here = "";

  const svg = () => pane.querySelector("svg");

  function read() {
    boxes = new Map();
    for (const group of svg().querySelectorAll("g.box")) {
      const box = { group, link: group.querySelector("a.open") };
      for (const key of ["x", "y", "w", "h"]) box[key] = Number(group.dataset[key]);
      box.targets = group.dataset.goes.split("\t").filter(Boolean);
      boxes.set(group.dataset.node, box);
    }
    const natural = svg().viewBox.baseVal;
    size(natural.width, natural.height);
  }

  function size(width, height) {
    svg().setAttribute("width", Math.round(width * zoom));
    svg().setAttribute("height", Math.round(height * zoom));
  }

  function scale(wanted, at) {
    const before = zoom;
    zoom = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const middle = at || { x: pane.clientWidth / 2, y: pane.clientHeight / 2 };
    const x = (pane.scrollLeft + middle.x) / before;
    const y = (pane.scrollTop + middle.y) / before;
    const natural = svg().viewBox.baseVal;
    size(natural.width, natural.height);
    pane.scrollTo(x * zoom - middle.x, y * zoom - middle.y);
    sessionStorage.setItem("voicebot-tree-zoom", String(zoom));
  }

  function look(name, smooth = true) {
    const box = boxes.get(name);
    if (!box) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    pane.scrollTo({
      left: (box.x + box.w / 2) * zoom - pane.clientWidth / 2,
      // What is higher than the pane is shown from its top, with its badges.
      top: Math.min((box.y + box.h / 2) * zoom - pane.clientHeight / 2, (box.y - 24) * zoom),
      behavior: smooth && !calm ? "smooth" : "auto",
    });
  }

  function stand(name, focus = true) {
    const box = boxes.get(name);
    if (!box) return;
    for (const each of boxes.values()) each.link.setAttribute("tabindex", "-1");
    box.link.setAttribute("tabindex", "0");
    here = name;
    if (focus) {
      box.link.focus({ preventScroll: true });
      look(name);
    }
  }

  function choose(name) {
    for (const [each, box] of boxes) box.group.classList.toggle("chosen", each === name);
    if (!boxes.has(name)) return;
    if (!visible(boxes.get(name))) look(name);
    stand(name, false);
  }

  function visible(box) {
    const left = box.x * zoom - pane.scrollLeft;
    const top = box.y * zoom - pane.scrollTop;
    return left >= 0 && top >= 0 && left + box.w * zoom <= pane.clientWidth && top + 40 * zoom <= pane.clientHeight;
  }

  // Right: the first scene that it leads to. Left: one that leads here. Up and down: beside it in the column.
  function next(key) {
    const from = boxes.get(here);
    if (!from) return "";
    if (key === "ArrowRight") return from.targets.find((name) => boxes.has(name) && boxes.get(name).x > from.x) || from.targets.find((name) => boxes.has(name)) || "";
    if (key === "ArrowLeft") {
      const before = [...boxes].filter(([, box]) => box.targets.includes(here));
      return (before.find(([, box]) => box.x < from.x) || before[0] || [""])[0];
    }
    const column = [...boxes].filter(([, box]) => box.x === from.x).sort((a, b) => a[1].y - b[1].y);
    const at = column.findIndex(([name]) => name === here) + (key === "ArrowDown" ? 1 : -1);
    return column[at] ? column[at][0] : "";
  }

  function fit() {
    const natural = svg().viewBox.baseVal;
    scale(Math.min(pane.clientWidth / natural.width, pane.clientHeight / natural.height));
    pane.scrollTo(0, 0);
  }

  async function redraw() {
    const query = new URLSearchParams(location.search);
    const answer = await fetch(`${pane.dataset.address}?${query}`).catch(() => null);
    if (!answer || !answer.ok) return;
    const at = [pane.scrollLeft, pane.scrollTop];
    const focused = pane.contains(document.activeElement) && document.activeElement !== pane;
    pane.innerHTML = await answer.text();
    read();
    pane.scrollTo(...at);
    const name = query.get("node") || "";
    for (const [each, box] of boxes) box.group.classList.toggle("chosen", each === name);
    stand(name, focused);
    marks();
  }

  pane.addEventListener("click", (event) => {
    const link = event.target.closest("a.open, a.way");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (dragged) return;
    open(nameIn(link.getAttribute("href")));
  });
  pane.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (event.key.startsWith("Arrow") && !event.ctrlKey) {
      const name = here && pane.contains(document.activeElement) && document.activeElement !== pane ? next(event.key) : here || boxes.keys().next().value;
      event.preventDefault();
      if (name) stand(name);
    } else if (event.key === "Enter" && document.activeElement === pane && here) open(here);
    else if (event.key === "+" || event.key === ";") scale(zoom * 1.25);
    else if (event.key === "-") scale(zoom / 1.25);
    else if (event.key === "0") fit();
    else if (event.key === "Home") stand(boxes.keys().next().value);
    else return;
    event.preventDefault();
  });
  pane.addEventListener("focus", () => {
    if (!here) here = pane.dataset.chosen || boxes.keys().next().value || "";
  });
  pane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = pane.getBoundingClientRect();
    scale(zoom * Math.exp(-event.deltaY / 400), { x: event.clientX - frame.left, y: event.clientY - frame.top });
  }, { passive: false });

  let drag = null;
  let dragged = false;
  pane.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType !== "mouse" || event.button) return;
    drag = { x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!dragged && Math.hypot(x, y) < 5) return;
    dragged = true;
    pane.classList.add("dragging");
    pane.scrollTo(drag.left - x, drag.top - y);
  });
  addEventListener("pointerup", () => {
    drag = null;
    pane.classList.remove("dragging");
    setTimeout(() => (dragged = false), 0);
  });
  pane.addEventListener("dragstart", (event) => event.preventDefault());

  for (const button of document.querySelectorAll("[data-zoom]"))
    button.addEventListener("click", () => {
      const what = button.dataset.zoom;
      if (what === "in") scale(zoom * 1.3);
      else if (what === "out") scale(zoom / 1.3);
      else if (what === "fit") fit();
      else if (what === "start") { scale(Math.max(zoom, 0.7)); stand(boxes.keys().next().value); }
      else {
        const keys = document.getElementById("walk-keys");
        keys.hidden = !keys.hidden;
        button.setAttribute("aria-expanded", String(!keys.hidden));
      }
    });
  for (const link of document.querySelectorAll('[data-go="apart"]'))
    link.addEventListener("click", (event) => {
      const words = svg().querySelector("#apart");
      if (!words) return;
      event.preventDefault();
      pane.scrollTo({ left: 0, top: Number(words.getAttribute("y")) * zoom - 60 });
    });

  const marks = () => checked((name, worst) => boxes.get(name)?.group.classList.add(worst));

  zoom = Number(sessionStorage.getItem("voicebot-tree-zoom")) || 0.8;
  read();
  const first = pane.dataset.chosen && boxes.has(pane.dataset.chosen) ? pane.dataset.chosen : boxes.keys().next().value;
  if (first) { look(first, false); stand(first, false); }
  marks();
  return { choose, redraw };
}

// What the check finds takes a moment: the page is there before.
async function checked(mark) {
  const place = document.getElementById("findings");
  if (!place) return;
  place.textContent = place.dataset.looking;
  let answer = null;
  do { // 202: the check is under way
    if (answer) await new Promise((resolve) => setTimeout(resolve, 400));
    answer = await fetch(place.dataset.address, { headers: { accept: "application/json" } }).catch(() => null);
  } while (answer?.status === 202);
  const found = answer && answer.ok ? await answer.json() : { nodes: {}, faults: 0, warnings: 0 };
  for (const [name, worst] of Object.entries(found.nodes)) mark(name, worst);
  const tags = [[found.faults, place.dataset.faults, "bad"], [found.warnings, place.dataset.warnings, ""]]
    .filter(([count]) => count)
    .map(([count, words, kind]) => Object.assign(document.createElement("span"), { className: `tag ${kind}`, textContent: words.replace("{count}", count) }));
  place.replaceChildren(...tags);
  if (!tags.length) place.textContent = place.dataset.clean;
}

function nameIn(address) {
  return new URLSearchParams(address.split("?")[1] || "").get("node") || "";
}

// The names and words of all scenes are in the picture: typing shows which fit.
function finding(open, look) {
  const input = document.getElementById("find");
  const list = document.getElementById("found");
  if (!input || !list) return;
  const all = () => [...document.querySelectorAll("#picture g.box")].map((group) => ({ name: group.dataset.node, words: group.querySelector("a.open").getAttribute("aria-label") }));
  const fitting = (words) => {
    const known = all();
    const names = known.filter((each) => each.name.includes(words));
    return [...names, ...known.filter((each) => !each.name.includes(words) && each.words.includes(words))].slice(0, 12);
  };
  const show = () => {
    const words = input.value.trim();
    const found = words ? fitting(words) : [];
    list.replaceChildren(...found.map((each) => {
      const row = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: each.name });
      button.addEventListener("click", () => { list.hidden = true; look(each.name); open(each.name); });
      row.append(button);
      return row;
    }));
    list.hidden = !found.length;
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  input.form.addEventListener("submit", (event) => {
    const first = list.querySelector("button");
    if (!first || list.hidden) return;
    event.preventDefault();
    first.click();
  });
  input.form.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") list.hidden = true;
    else if (event.key === "ArrowDown" && buttons.length) { event.preventDefault(); (buttons[at + 1] || buttons[0]).focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (buttons[at - 1] || input).focus(); }
  });
  document.addEventListener("click", (event) => { if (!input.form.contains(event.target)) list.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    input.focus();
  });
}
