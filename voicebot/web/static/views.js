// One view an item: its node, made once from a template, and what changes in it. Transfers are in card.js.

const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const two = (number) => String(number).padStart(2, "0");

export function since(ms, until = Date.now()) {
  const seconds = Math.max(0, Math.floor((until - ms) / 1000));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

export function moment(ms) {
  const at = new Date(ms);
  const time = `${at.getHours()}:${two(at.getMinutes())}`;
  return at.toDateString() === new Date().toDateString() ? time : `${at.getMonth() + 1}/${at.getDate()} ${time}`;
}

export class View {
  constructor(context, key, data, template) {
    this.context = context;
    this.key = key;
    this.data = data;
    this.root = clone(template);
    this.fields = {};
    for (const node of this.root.querySelectorAll("[data-f]")) this.fields[node.dataset.f] = node;
    this.order = "0";
  }

  text(name, value) {
    const node = this.fields[name];
    if (node.textContent !== value) node.textContent = value;
  }

  list(name, values) {
    const node = this.fields[name];
    if (node.dataset.is === JSON.stringify(values)) return;
    node.dataset.is = JSON.stringify(values);
    node.replaceChildren(
      ...values.map((value) => {
        const line = document.createElement("li");
        line.textContent = value;
        return line;
      }),
    );
  }

  language(code) {
    this.text("language", code ? this.context.words[`language_${code}`] || code : "");
  }

  on(selector, event, act) {
    for (const node of this.root.querySelectorAll(selector)) node.addEventListener(event, act);
  }

  gone() {
    this.root.remove();
  }
}

// --- a ticket -------------------------------------------------------------------------------------------------

class Ticket extends View {
  constructor(context, key, data) {
    super(context, key, data, "t-ticket");
    const path = `tickets/${data.number}/`;
    for (const deed of ["take", "done", "release"])
      this.on(`button[data-do=${deed}]`, "click", async (event) => {
        const button = event.currentTarget;
        button.disabled = true;
        await context.send(path + deed);
        button.disabled = false;
      });
    for (const deed of ["note", "reassign"])
      this.on(`form[data-do=${deed}]`, "submit", async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        if (await context.send(path + deed, Object.fromEntries(new FormData(form)))) form.reset();
      });
    this.on(".more", "toggle", () => this.history());
  }

  update(data) {
    const touched = data.touched !== this.data.touched;
    this.data = data;
    const { words, me, fill } = this.context;
    const mine = data.state === "taken" && data.by === me.name;
    const theirs = data.state === "taken" && !mine;
    this.order = String(data.state === "done" ? 1e15 - data.created / 1e3 : mine ? data.created / 1e6 : data.due || data.created);
    this.root.className = `item ticket${mine ? " mine" : theirs ? " theirs" : data.state === "done" ? " over" : ""}${
      this.root.classList.contains("fresh") ? " fresh" : ""
    }`;
    this.text("kind", words[`ticket_${data.type}`]);
    this.text("ticket", data.number);
    this.text("department", data.department);
    this.text("name", data.name);
    this.text("phone", data.phone || words.withheld);
    if (data.phone) this.fields.phone.href = `tel:${data.phone.replace(/[^0-9+]/g, "")}`;
    this.text("wanted", data.wanted ? `${words.wanted}: ${data.wanted}` : "");
    this.text("matter", data.matter);
    this.sound(data);
    this.fields.text.hidden = !data.text;
    this.text("text", data.text ? `${words.text_of_message}: ${data.text}` : "");
    const by = { name: data.by_name };
    this.text("state", mine ? words.taken_by_me : theirs ? fill(words.taken_by, by) : data.state === "done" ? fill(words.done_by, by) : "");
    const shown = { take: data.state === "open", done: mine, release: mine };
    for (const [deed, is] of Object.entries(shown)) this.root.querySelector(`button[data-do=${deed}]`).hidden = !is;
    this.root.querySelector("form[data-do=reassign]").hidden = theirs || data.state === "done";
    this.tick();
    if (touched) this.history();
  }

  sound(data) {
    const player = this.fields.sound;
    player.hidden = !data.recording;
    if (data.recording && !player.hasAttribute("src")) player.src = `${this.context.root}recordings/${data.recording}`;
    player.setAttribute("aria-label", `${this.context.words.ticket_message} ${data.number}`);
  }

  tick() {
    const { data } = this;
    const late = data.state !== "done" && data.due && data.due < Date.now();
    const { words } = this.context;
    this.fields.due.classList.toggle("late", Boolean(late));
    this.text("due", data.due ? `${late ? words.overdue : words.due} ${moment(data.due)}` : moment(data.created));
  }

  async history() {
    if (!this.root.querySelector(".more").open) return;
    const rows = await this.context.read(`tickets/${this.data.number}/history`);
    const { words } = this.context;
    const named = { taken: words.take, released: words.release, done: words.done, reassigned: words.reassign, note: words.note };
    this.list(
      "history",
      rows.map((row) => [moment(Date.parse(row.at)), row.who, named[row.what] || "", row.text].filter(Boolean).join(" ")),
    );
  }
}

// --- a text message that did not arrive ------------------------------------------------------------------------

class Text extends View {
  constructor(context, key, data) {
    super(context, key, data, "t-text");
  }

  update(data) {
    this.data = data;
    this.order = String(-data.at);
    this.text("phone", data.phone);
    this.fields.phone.href = `tel:${data.phone.replace(/[^0-9+]/g, "")}`;
    this.text("at", moment(data.at));
    this.text("text", data.text);
    this.text("error", data.error ? this.context.fill(this.context.words.text_error, data) : "");
  }
}

// --- a call ---------------------------------------------------------------------------------------------------

class Call extends View {
  constructor(context, key, data) {
    super(context, key, data, "t-call");
    this.lines = this.root.querySelector(".lines");
    this.on("[data-do=open]", "click", () => this.open(this.root.querySelector(".inside").hidden));
    this.on("[data-do=listen]", "click", () => context.listen(data.id));
    this.on("[data-do=take-over]", "click", () => context.takeOver(data.id));
  }

  update(data) {
    this.data = data;
    this.order = String(-data.started);
    const { words } = this.context;
    this.root.className = `item call ${data.state}`;
    this.text("state", words[`state_${data.state}`]);
    this.text("number", data.number || words.withheld);
    this.language(data.language === "ja" ? "" : data.language);
    this.text("last", data.speaking || data.last);
    for (const deed of ["listen", "take-over"])
      this.root.querySelector(`[data-do=${deed}]`).hidden = !["talking", "message"].includes(data.state);
    if (!this.root.querySelector(".inside").hidden) this.speaking();
    this.tick();
  }

  tick() {
    if (this.data.started) this.text("since", since(this.data.started, this.data.ended || undefined));
  }

  open(is) {
    if (is) for (const other of document.querySelectorAll(".call [aria-expanded=true]")) other.click();
    this.root.querySelector(".inside").hidden = !is;
    this.root.querySelector(".open").setAttribute("aria-expanded", is);
    this.lines.replaceChildren();
    if (is) {
      for (const each of this.context.lines.get(this.data.id) || []) this.line(each);
      this.speaking();
      this.lines.scrollTop = this.lines.scrollHeight;
      this.root.scrollIntoView({ block: "nearest" });
    }
  }

  line(data) {
    if (this.root.querySelector(".inside").hidden) return;
    this.lines.querySelector(".speaking")?.remove();
    if (this.lines.querySelector(`[data-n="${data.n}"]`)) return;
    this.add(data.who, data.at, this.told(data), data.n);
  }

  told({ code, text }) {
    return code ? this.context.fill(this.context.words[`n_${code}`] || code, { text }) : text;
  }

  speaking() {
    const present = this.lines.querySelector(".speaking");
    if (!this.data.speaking) return present?.remove();
    if (present) present.lastChild.textContent = this.data.speaking;
    else this.add("caller", null, this.data.speaking, "").classList.add("speaking");
  }

  add(who, at, text, number) {
    const down = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 40;
    const row = document.createElement("li");
    row.className = who;
    row.dataset.n = number;
    const by = document.createElement("span");
    by.className = "by";
    by.textContent = `${this.context.words[`line_${who}`]}${at === null ? "" : ` ${since(0, at * 1000)}`}`;
    row.append(by, text);
    this.lines.append(row);
    if (down) this.lines.scrollTop = this.lines.scrollHeight;
    return row;
  }

  listened(is) {
    const button = this.root.querySelector("[data-do=listen]");
    button.setAttribute("aria-pressed", is);
    button.firstChild.textContent = `${is ? this.context.words.stop_listening : this.context.words.listen} `;
  }
}

export const textView = (context, key, data) => new Text(context, key, data);
export const ticketView = (context, key, data) => new Ticket(context, key, data);
export const callView = (context, key, data) => new Call(context, key, data);
