// The operators' page: shows the board, sends what people do, rings for what is new.
import { Feed } from "./feed.js";
import { allow, chime, Listening } from "./sound.js";
import { cardView } from "./card.js";
import { callView, textView, ticketView } from "./views.js";
import { keyboard } from "./keyboard.js";

const page = document.getElementById("page").dataset;
const words = JSON.parse(page.words);
const usual = JSON.parse(page.usual);
const me = { name: page.me, departments: JSON.parse(page.departments) };
const element = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// --- sending --------------------------------------------------------------------------------------------------

async function send(path, fields = {}) {
  try {
    const answer = await fetch(page.root + path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "x-form-token": page.token, accept: "application/json" },
    });
    if (answer.ok) return tell("");
    tell((await answer.json()).message || words.failed_request);
  } catch {
    tell(words.failed_request);
  }
  return false;
}

function tell(text) {
  element("told").textContent = text;
  element("told").hidden = !text;
  return true;
}

async function read(path) {
  const answer = await fetch(page.root + path, { headers: { accept: "application/json" } });
  return answer.ok ? answer.json() : [];
}

// --- items ----------------------------------------------------------------------------------------------------

const context = {
  words, me, usual, fill, send, read, root: page.root, listen, takeOver,
  lines: new Map(), wrongs: new Map(), people: new Map(), listening: null,
};
const kinds = {
  card: { view: cardView, list: (data) => element(isPast(data) ? "past-cards" : "cards") },
  ticket: { view: ticketView, list: () => element("ticket-list") },
  text: { view: textView, list: () => element("text-list") },
  call: { view: callView, list: () => element("call-list") },
};
const views = new Map();
const isPast = (data) => data.state === "over" || data.state === "failed";

function changed(changes, anew) {
  const news = [];
  for (const { key, data, before } of changes) {
    const kind = key.slice(0, key.indexOf(":"));
    if (kind === "line") line(key, data);
    else if (kind === "operator") colleague(key, data);
    else if (kind === "wrong") wrong(key, data);
    else if (kinds[kind]) {
      show(kind, key, data, !anew);
      if (!anew && data && !before) news.push(data);
    }
  }
  count();
  ring(news);
}

function show(kind, key, data, fresh) {
  let view = views.get(key);
  if (data === null) {
    if (!view) return;
    if (kind === "call") context.lines.delete(view.data.id);
    view.gone();
    views.delete(key);
    return;
  }
  if (!view) {
    view = kinds[kind].view(context, key, data);
    view.root.dataset.key = key;
    views.set(key, view);
    if (fresh) view.root.classList.add("fresh");
  }
  view.update(data);
  const list = kinds[kind].list(data);
  if (view.root.parentNode !== list || view.order !== view.root.dataset.order) place(view, list);
}

// Newest, or most urgent, first; nodes that stay where they are are not touched, so that focus and scrolling stay.
function place(view, list) {
  view.root.dataset.order = view.order;
  const after = [...list.children].find((other) => other !== view.root && Number(other.dataset.order) > Number(view.order));
  const held = view.root.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(view.root, after || null);
  if (held) held.focus();
}

function line(key, data) {
  if (data === null) return;
  const lines = context.lines.get(data.call) || [];
  context.lines.set(data.call, lines);
  const at = lines.findIndex((each) => each.n === data.n);
  if (at >= 0) lines[at] = data;
  else lines.push(data);
  views.get(`call:${data.call}`)?.line(data);
}

function wrong(key, data) {
  views.get(key.replace("wrong:", "card:"))?.wrong(data);
  if (data) context.wrongs.set(key.replace("wrong:", "card:"), data);
  else context.wrongs.delete(key.replace("wrong:", "card:"));
}

function colleague(key, data) {
  const list = element("colleagues");
  let tag = [...list.children].find((each) => each.dataset.key === key);
  if (data === null) context.people.delete(key);
  else context.people.set(key, data);
  for (const view of views.values()) view.named?.();
  if (data === null) return tag?.remove();
  if (!tag) {
    tag = document.createElement("span");
    tag.dataset.key = key;
    list.append(tag);
  }
  tag.className = `tag ${data.presence}`;
  tag.textContent = `${data.display} ${words[`presence_${data.presence}`]}`;
  if (data.name === me.name) document.querySelector(`#presence [value=${data.presence}]`).checked = true;
}

function count() {
  const shown = (id) => [...element(id).children].filter((each) => !each.hidden).length;
  filter();
  const counts = { transfers: shown("cards"), past: shown("past-cards"), texts: shown("text-list"), calls: 0, tickets: 0 };
  for (const view of views.values()) {
    if (view.data.kind === "call" && view.data.state !== "ended") counts.calls++;
    if (view.data.kind === "ticket" && view.data.state !== "done" && !view.root.hidden) counts.tickets++;
  }
  for (const [name, number] of Object.entries(counts)) element(`count-${name}`).textContent = number;
  element("no-transfers").hidden = counts.transfers > 0;
  element("no-tickets").hidden = shown("ticket-list") > 0;
  element("no-calls").hidden = shown("call-list") > 0;
  element("texts").hidden = counts.texts === 0;
  element("past").hidden = counts.past === 0;
  document.title = document.title.replace(/^(\(\d+\) )?/, counts.transfers ? `(${counts.transfers}) ` : "");
}

function filter() {
  const mine = element("mine")?.checked;
  const done = element("show-done").checked;
  for (const view of views.values())
    if (view.data.kind === "ticket")
      view.root.hidden = (!done && view.data.state === "done") || (mine && !me.departments.includes(view.data.department));
}
for (const id of ["mine", "show-done"]) element(id)?.addEventListener("change", count);

// --- ringing --------------------------------------------------------------------------------------------------

let loud = false;
element("sound").addEventListener("click", async (event) => {
  loud = !loud;
  const button = event.currentTarget;
  button.setAttribute("aria-pressed", loud);
  button.textContent = loud ? button.dataset.on : button.dataset.off;
  if (!loud) return;
  await allow();
  chime(false);
  if (!("Notification" in window)) return;
  const allowed = Notification.permission === "default" ? await Notification.requestPermission() : Notification.permission;
  if (allowed !== "granted") tell(words.notifications_blocked);
});

function ring(news) {
  const cards = news.filter((data) => data.kind === "card" && !isPast(data));
  const tickets = news.filter((data) => data.kind === "ticket" && data.state === "open");
  const failed = news.filter((data) => data.kind === "text");
  const texts = [
    ...cards.map((data) => fill(words.new_transfer, data)),
    ...tickets.map((data) => fill(words.new_ticket, data)),
    ...failed.map((data) => fill(words.new_text, data)),
  ];
  if (!texts.length) return;
  element("news").textContent = texts.slice(-3).join(" ");
  for (const [list, tab] of [[cards, "transfers"], [[...tickets, ...failed], "tickets"]])
    if (list.length) document.querySelector(`.tabs [data-tab=${tab}]:not([aria-current])`)?.classList.add("news");
  if (!loud) return;
  chime(cards.length > 0);
  if ((document.hidden || !document.hasFocus()) && window.Notification?.permission === "granted")
    new Notification(texts[texts.length - 1], { tag: "voicebot", renotify: true });
}

// --- calls ----------------------------------------------------------------------------------------------------

function listen(id) {
  const before = context.listening;
  before?.sound.stop();
  if (before?.id === id) return;
  const address = new URL(`${page.root}calls/${id}/sound`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const sound = new Listening(address, () => {
    if (context.listening?.sound === sound) context.listening = null;
    views.get(`call:${id}`)?.listened(false);
  });
  context.listening = { id, sound };
  views.get(`call:${id}`)?.listened(true);
}

function takeOver(id) {
  const dialog = element("sure");
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener(
    "close",
    async () => {
      if (dialog.returnValue !== "yes") return;
      if (await send(`calls/${id}/take-over`)) tell(words.taken_over_now);
    },
    { once: true },
  );
}

// --- the page itself ------------------------------------------------------------------------------------------

for (const input of document.querySelectorAll("#presence input"))
  input.addEventListener("change", () => send("presence", { presence: input.value }));

function tab(name, focus) {
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.dataset.tab === name) {
      link.setAttribute("aria-current", "true");
      link.classList.remove("news");
    } else link.removeAttribute("aria-current");
    element(link.dataset.tab).classList.toggle("shown", link.dataset.tab === name);
  }
  if (focus) element(name).querySelector(".item:not([hidden])")?.focus();
}
for (const link of document.querySelectorAll(".tabs a"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    tab(link.dataset.tab, false);
  });
tab("transfers", false);

element("help-button").addEventListener("click", () => element("help").showModal());
keyboard({ tab, help: () => element("help").showModal() });

const told = { on: words.connected_now, connecting: words.connecting, over: words.ended_session };
function wire(state) {
  const line = element("line");
  if (line.dataset.state === state && line.textContent === told[state]) return;
  line.dataset.state = state;
  line.textContent = told[state];
  if (state === "over") {
    tell(words.ended_session);
    const link = document.createElement("a");
    link.href = `${page.root}login`;
    link.textContent = words.sign_in || "→";
    element("told").append(" ", link);
  }
}

setInterval(() => views.forEach((view) => view.tick?.()), 1000);
window.board = new Feed(page.root, changed, wire); // reachable from the browser's console, for whoever looks for a fault
