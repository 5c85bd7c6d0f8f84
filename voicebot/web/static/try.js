// The room 試す: one trial after the other, by voice or in writing.
import { Line } from "./try-line.js";
import { Sound, secure } from "./try-sound.js";
import { make, Why } from "./try-why.js";

const page = document.getElementById("page").dataset;
const words = JSON.parse(page.words);
const element = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const conditions = element("conditions");
const why = new Why(element("why"), element("path"), element("why-empty"), words, fill);

let line = null;
let sound = null;
let trial = ""; // of the server; under it the conversation can be kept
let began = 0;
let phase = "idle";
let by = "voice";
let department = "";
let interim = null;

// --- conditions -----------------------------------------------------------------------------------------------

function chosen() {
  const fields = new URLSearchParams(new FormData(conditions));
  for (const [name, value] of [...fields]) if (!value) fields.delete(name);
  return fields;
}

function adapt() {
  by = new FormData(conditions).get("by");
  element("by-voice").hidden = by !== "voice";
  element("by-text").hidden = by !== "text";
  element("insecure").hidden = secure() || by !== "voice";
  element("start").disabled = by === "voice" && !secure();
  history.replaceState(null, "", `?${chosen()}`);
}

function summary() {
  const option = (id) => element(id)?.selectedOptions[0].textContent.trim();
  const at = element("at").value.replace("T", " ");
  const disaster = element("disaster").value ? `${words.disaster}: ${option("disaster")}` : "";
  const content = option("content").replace(/\(.*/, "");
  return [words[`by_${by}`].replace(/\(.*/, ""), content, at, disaster].filter(Boolean).join(" / ");
}

// --- the call -------------------------------------------------------------------------------------------------

async function start() {
  adapt();
  stop();
  tell("");
  clear();
  conditions.hidden = element("lead").hidden = true;
  element("call").hidden = false;
  element("chosen").textContent = summary();
  show("connecting");
  for (const button of document.querySelectorAll("[data-text-only]")) button.hidden = by !== "text";
  if (by === "voice") {
    sound = new Sound({ frame: (mulaw) => line?.speak(mulaw), level, mark: (name) => line?.mark(name), trouble });
    try {
      await sound.open(page.root);
    } catch {
      stop();
      element("change").click();
      return trouble("trouble");
    }
    element("mute").hidden = element("level-label").hidden = !sound.heard;
  }
  const address = new URL(`${page.root}try/line?${chosen()}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const own = sound;
  line = new Line(address, {
    item,
    sound: (mulaw) => own?.say(mulaw),
    mark: (name) => (own ? own.mark(name) : line.mark(name)),
    clear: () => own?.clear(),
    closed: () => over(words.lost, true),
  });
  element(by === "voice" ? "hang-up" : "text").focus();
}

function stop() {
  line?.close();
  sound?.close();
  line = sound = null;
}

function over(text, bad = false) {
  if (phase === "over") return;
  show("ended");
  phase = "over";
  element("outcome").hidden = true;
  element("hint").textContent = "";
  note(text);
  if (bad) tell(text);
  interim?.remove();
  interim = null;
  stop();
  enable();
  element("keeping").hidden = !trial;
  if (trial && page.editor) preview();
}

function clear() {
  trial = "";
  began = 0;
  interim = null;
  element("lines").replaceChildren();
  element("keeping").hidden = true;
  element("outcome").hidden = true;
  element("hint").textContent = "";
  element("clock").textContent = "0:00";
  if (element("keep-told")) element("keep-told").textContent = "";
  why.clear();
}

function show(state) {
  phase = state;
  element("state").textContent = words[`state_${state}`] || state;
  element("state").dataset.state = state;
  enable();
}

function enable() {
  const live = !["idle", "connecting", "ended", "over"].includes(phase);
  const busy = phase === "transferring";
  for (const control of element("say").elements) control.disabled = !live || busy;
  for (const button of document.querySelectorAll("[data-key]")) button.disabled = !live || busy;
  for (const button of document.querySelectorAll("[data-do]")) {
    button.disabled = !live || busy || (button.dataset.do === "message") !== (phase === "recording" && button.dataset.do !== "silence");
  }
  for (const button of document.querySelectorAll('[data-do="silence"]')) button.disabled = !live || busy;
  element("hang-up").hidden = !live && phase !== "connecting";
  element("again").hidden = element("change").hidden = live || phase === "connecting";
  if (!live) element("mute").hidden = element("level-label").hidden = true;
}

// --- what the server tells ------------------------------------------------------------------------------------

const shown = {
  began(item) {
    trial = item.id;
    began = performance.now();
  },
  place(item) {
    show(item.phase);
    department = item.department;
    if (item.phase !== "transferring") element("outcome").hidden = true;
    if (item.phase === "asking" && element("hint").textContent === words.held) element("hint").textContent = "";
  },
  said(item) {
    const text = item.message ? words.played_message : item.texts.join("");
    if (text) add("bot", words.bot, text, item.language);
  },
  believed(item) {
    interim = interim || add("caller speaking", words.caller, "");
    interim.lastChild.textContent = item.words;
    bottom();
  },
  heard(item) {
    interim?.remove();
    interim = null;
    add("caller", words.caller, item.guesses[0]?.text || words.no_words);
  },
  key(item) {
    const last = element("lines").lastElementChild;
    if (last?.dataset.keys) {
      last.dataset.keys += item.digit;
      last.lastChild.textContent = fill(words.key, { digit: last.dataset.keys });
    } else add("caller", words.caller, fill(words.key, item)).dataset.keys = item.digit;
  },
  timed(item) {
    const told = { no_input: words.silent, digits: words.silent, max_speech: words.overlong, call: words.limit };
    note(told[item.clock] || item.clock);
  },
  transfer(item) {
    note(fill(words.dialled, item));
    if (!element("transfer").value) {
      element("outcome-question").textContent = fill(words.would_transfer, item);
      element("outcome").hidden = false;
      element("outcome").querySelector("button").focus();
    }
  },
  transferred(item) {
    note(fill(words.transferred, { outcome: words[`outcome_${item.outcome}`] || item.outcome }));
  },
  record: () => (element("hint").textContent = by === "voice" ? words.recording_voice : words.recording),
  message(item) {
    element("hint").textContent = "";
    if (item.kept) note(fill(words.would_message, { department }));
  },
  callback: (item) => note(fill(words.would_callback, item)),
  sms: (item) => note(fill(words.would_sms, item)),
  unrecorded: () => note(words.unrecorded),
  failed: (item) => note(fill(words.failed, item)),
  held: () => (element("hint").textContent = words.held),
  not_now: () => (element("hint").textContent = words.not_now),
  over(item) {
    const text = item.why ? [words[item.why] || item.why, ...item.lines].join("\n") : words.over;
    over(text, Boolean(item.why));
  },
};

function item(told) {
  shown[told.what]?.(told);
  why.take(told);
}

function add(kind, who, text, language) {
  const added = make("li", { className: kind }, make("span", { className: "by" }, who), make("span", {}, text));
  if (language) added.lastChild.lang = language;
  element("lines").append(added);
  bottom();
  return added;
}

function note(text) {
  element("lines").append(make("li", { className: "note" }, text));
  bottom();
}

function bottom() {
  element("lines").scrollTop = element("lines").scrollHeight;
}

function tell(text) {
  element("told").textContent = text;
  element("told").hidden = !text;
}

function trouble(code) {
  tell(words[`mic_${code}`]);
}

function level(loudest) {
  element("level").value = loudest;
}

// --- keeping --------------------------------------------------------------------------------------------------

async function preview() {
  const answer = await fetch(`${page.root}try/talks/${trial}?name=${encodeURIComponent(element("keep-name").value)}`, {
    headers: { accept: "application/json" },
  }).catch(() => null);
  if (!answer?.ok) return;
  const { text, same } = await answer.json();
  element("keep-text").querySelector("pre").textContent = text;
  element("keep-other").hidden = same;
}

async function keep() {
  const told = element("keep-told");
  const answer = await fetch(`${page.root}try/talks/${trial}`, {
    method: "POST",
    body: new URLSearchParams(new FormData(element("keep"))),
    headers: { "x-form-token": page.token, accept: "application/json" },
  }).catch(() => null);
  if (!answer) return (told.textContent = words.lost);
  const kept = await answer.json();
  if (!answer.ok) return (told.textContent = kept.message);
  const truth = kept.fault ? fill(words.kept_fault, kept) : words.kept_true;
  told.textContent = `${fill(words.kept, kept)} ${truth}`;
  element("keep-text").querySelector("pre").textContent = kept.text;
}

// --- what people do -------------------------------------------------------------------------------------------

conditions.addEventListener("change", adapt);
conditions.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!element("start").disabled) start();
});
element("again").addEventListener("click", start);
element("change").addEventListener("click", () => {
  element("call").hidden = true;
  conditions.hidden = element("lead").hidden = false;
  tell("");
  element("start").focus();
});
element("hang-up").addEventListener("click", () => {
  line?.hangUp();
  const own = line;
  setTimeout(() => own === line && over(words.over), 3000); // the server usually says it first
});
element("mute").addEventListener("click", ({ currentTarget }) => {
  const muted = currentTarget.getAttribute("aria-pressed") !== "true";
  currentTarget.setAttribute("aria-pressed", muted);
  sound?.mute(muted);
});
element("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = element("text").value.trim();
  if (!text) return;
  line?.order("say", { text });
  element("text").value = "";
  element("hint").textContent = "";
});
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => (by === "voice" ? line?.press(button.dataset.key) : line?.order("keys", { text: button.dataset.key })));
}
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => line?.order(button.dataset.do));
}
for (const button of document.querySelectorAll("[data-outcome]")) {
  button.addEventListener("click", () => line?.order("transfer", { outcome: button.dataset.outcome }));
}
element("keep-name")?.addEventListener("change", preview);
element("keep")?.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
setInterval(() => {
  if (!line || !began) return;
  const seconds = Math.floor((performance.now() - began) / 1000);
  element("clock").textContent = `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
}, 500);
addEventListener("pagehide", stop);
adapt();
