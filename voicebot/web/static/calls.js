// The page of one call: its sound, the line of time, keys, and corrections.

import { Line } from "./calls-line.js";
import { Player } from "./calls-player.js";
import { corrections } from "./calls-correct.js";
import { singleKeys } from "./keys.js";

const box = document.getElementById("player");
const list = document.getElementById("moments");
const given = JSON.parse(box.dataset.line);
const words = JSON.parse(box.dataset.words);
const line = new Line(document.getElementById("track"), given, words, (at) => go(at));
const player = box.dataset.sound ? new Player(box.dataset.sound, given.stretches, words, (at) => shown(at)) : null;
const moments = () => [...list.querySelectorAll(".moment")];
let position = 0;

if (box.dataset.peaks) {
  fetch(box.dataset.peaks, { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((peaks) => peaks && line.sound(peaks))
    .catch(() => {}); // the line is drawn without the sound's shape
}

if (list.dataset.choices) {
  fetch(list.dataset.choices, { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((choices) => {
      for (const [seq, words] of Object.entries(choices)) {
        const became = list.querySelector(`.heard[data-seq="${seq}"] .became`);
        became?.prepend(Object.assign(document.createElement("span"), { className: "tag", textContent: words }));
      }
    })
    .catch(() => {}); // the page is complete without it
}

function go(at, play = false) {
  position = Math.max(0, Math.min(given.seconds, at));
  if (player) player.seek(position, play);
  shown(position);
}

function clock(at) {
  return `${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, "0")}`;
}

function shown(at) {
  position = at;
  line.at(at);
  document.getElementById("clock").value = `${clock(at)} / ${clock(given.seconds)}`;
  const all = moments().filter((each) => each.matches(".said, .heard, .silent, .key"));
  const now = all.findLast((each) => Number(each.dataset.at) <= at + 0.05);
  for (const each of list.querySelectorAll(".now")) if (each !== now) each.classList.remove("now");
  if (!now || now.classList.contains("now")) return;
  now.classList.add("now");
  if (player?.playing && document.getElementById("follow").checked) now.scrollIntoView({ block: "nearest" });
}

// The spoken turn before or behind the position; it is played from its beginning.
function step(by) {
  const all = moments().filter((each) => each.matches(".said, .heard"));
  const behind = all.filter((each) => Number(each.dataset.at) > position + 0.2);
  const before = all.filter((each) => Number(each.dataset.at) < position - 0.7);
  const found = by > 0 ? behind[0] : before.at(-1);
  if (!found) return true;
  go(Number(found.dataset.at), player?.playing);
  found.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("click", (event) => {
  const seek = event.target.closest("[data-seek]");
  if (!seek) return;
  go(Number(seek.dataset.seek), true);
  if (event.detail) seek.blur(); // so that the space key goes on meaning play and pause
});
document.getElementById("wider").addEventListener("click", () => line.zoom(2));
document.getElementById("narrower").addEventListener("click", () => line.zoom(0.5));
document.getElementById("before")?.addEventListener("click", () => step(-1));
document.getElementById("after")?.addEventListener("click", () => step(1));
document.getElementById("help-button").addEventListener("click", () => help());
const events = document.getElementById("events");
events.checked = localStorage.getItem("voicebot-call-events") !== "off";
const showEvents = () => list.classList.toggle("no-events", !events.checked);
events.addEventListener("change", () => {
  localStorage.setItem("voicebot-call-events", events.checked ? "on" : "off");
  showEvents();
});
showEvents();

function help() {
  document.getElementById("help").showModal();
  return true;
}

// The turn that is being heard, or the next one that can be corrected.
function correct() {
  const all = moments().filter((each) => each.querySelector(".fix"));
  const found = all.findLast((each) => Number(each.dataset.at) <= position + 0.05) || all[0];
  if (!found) return false;
  player?.pause();
  const fix = found.querySelector(".fix");
  fix.open = true;
  fix.querySelector("textarea").focus();
  found.scrollIntoView({ block: "nearest" });
  return true;
}

function press(id) {
  const node = document.getElementById(id);
  node?.click();
  return Boolean(node);
}

singleKeys((key, event) => {
  if (key === "?") return help();
  if (key === "n") return press("next");
  if (key === "m") return press("done-next");
  if (key === "e") return correct();
  if (key === "r") {
    const first = document.querySelector("#review input[type=radio]:checked");
    first?.focus();
    first?.scrollIntoView({ block: "center" });
    return Boolean(first);
  }
  if (event.target.closest("input, summary") && key !== "j" && key !== "k") return false;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (!player) return false;
  if (key === " ") return event.target.closest("button, a") && event.target.id !== "play" ? false : player.toggle(position) || true;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    go(position + (key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? 10 : 3), player.playing);
    return true;
  }
  if (key === "<" || key === ",") return player.faster(-1);
  if (key === ">" || key === ".") return player.faster(1);
  return false;
});

corrections(list, document.getElementById("told"));
shown(0);
if (location.hash) {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.dataset.at) go(Number(target.dataset.at));
  target?.scrollIntoView({ block: "center" });
}
