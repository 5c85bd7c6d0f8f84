// A transfer: what the operator must know, every telephone that was rung, and the report that it went wrong.

import { View, moment, since } from "./views.js";

const CHIPS = 4; // departments that can be reported as the right one with one click

class Card extends View {
  constructor(context, key, data) {
    super(context, key, data, "t-card");
    this.path = `calls/${data.call}/wrong/${data.n}`;
    this.on("form[data-do=wrong-other]", "submit", async (event) => {
      event.preventDefault();
      const form = event.currentTarget;
      if (await this.report(form.elements.right.value)) form.reset();
    });
    this.on("[data-do=unwrong]", "click", () => context.send(this.path, {}));
    this.chips(data);
    this.wrong(context.wrongs.get(key) || null);
    this.earlier();
  }

  update(data) {
    this.data = data;
    this.order = String(-data.at);
    this.root.className = `item card ${data.state}${this.root.classList.contains("fresh") ? " fresh" : ""}`;
    const words = this.context.words;
    const failed = data.state === "failed" && words[`n_transfer_${data.outcome}`];
    this.text("state", failed || words[`state_${data.state}`]);
    this.text("department", data.department);
    this.text("number", data.number || words.withheld);
    this.language(data.language);
    this.text("district", data.district);
    this.text("matter", data.matter);
    this.text("asked", data.asked);
    this.text("reply", data.reply);
    this.text("whisper", data.whisper);
    this.list("said", data.said);
    this.list("answered", data.answered);
    this.named();
    for (const part of this.root.querySelectorAll("[data-if]")) part.hidden = !data[part.dataset.if].length;
    this.tick();
  }

  tick() {
    const past = this.data.state === "over" || this.data.state === "failed";
    this.text("since", past ? moment(this.data.at) : since(this.data.at));
  }

  // Telephones with the names of the colleagues whose they are, as far as those are here.
  named() {
    const { words, people } = this.context;
    const whose = (number) => [...people.values()].filter((each) => each.phone === number).map((each) => each.display);
    this.list(
      "legs",
      this.data.legs.map(({ number, result, detail }) =>
        [...whose(number).slice(0, 2), number, words[`leg_${result}`], result === "failed" && code(detail)].filter(Boolean).join(" "),
      ),
    );
  }

  // Whose matter it may be by the caller's words; then where others really belonged, then who is called most.
  chips(data) {
    const { usual } = this.context;
    const options = [...this.root.querySelectorAll("select[name=right] option")];
    const known = new Set(options.map((option) => option.value).filter(Boolean));
    const names = [...data.likely, ...(usual[data.department] || []), ...(usual[""] || []), ...known];
    const chosen = [...new Set(names)].filter((name) => known.has(name) && name !== data.department).slice(0, CHIPS);
    const rest = options.filter((option) => option.value !== data.department && !chosen.includes(option.value));
    this.root.querySelector("form[data-do=wrong-other]").hidden = rest.length < 2; // the first one is only an invitation
    for (const option of options) if (!rest.includes(option)) option.remove();
    this.fields.likely.replaceChildren(
      ...chosen.map((name) => {
        const button = document.createElement("button");
        button.value = button.textContent = name;
        button.addEventListener("click", () => this.report(name));
        return button;
      }),
    );
  }

  report(right) {
    return this.context.send(this.path, { right, department: this.data.department });
  }

  wrong(data) {
    const part = this.root.querySelector(".wrong");
    const inside = part.contains(document.activeElement);
    part.querySelector(".told").classList.toggle("empty", !data);
    this.text("wrong-kept", data ? this.context.fill(this.context.words.wrong_kept, { department: data.right }) : "");
    part.querySelector(".choose").hidden = Boolean(data);
    const undo = part.querySelector("[data-do=unwrong]");
    undo.hidden = !data;
    if (inside) (data ? undo : part.querySelector(".chips button"))?.focus(); // what had the focus is gone
  }

  async earlier() {
    const { words } = this.context;
    const calls = this.data.number ? await queued(() => this.context.read(`calls/${this.data.call}/earlier`)) : [];
    const links = calls.map((call) => {
      const link = document.createElement("a");
      link.href = `${this.context.root}calls/${call.id}`;
      link.textContent = `${moment(call.at)} ${words[`outcome_${call.outcome}`] || ""}`;
      return link;
    });
    this.fields.earlier.replaceChildren(...(links.length ? links.flatMap((link) => [link, " "]) : [words.earlier_none]));
  }
}

// Of the carrier's own words only the SIP code of a failure tells more than ours.
function code(detail) {
  const found = /\b[3-6]\d\d\b/.exec(detail);
  return found ? `(SIP ${found[0]})` : "";
}

// One look-up after the other: a storm of transfers must not become a storm of requests.
let last = Promise.resolve();
function queued(work) {
  last = last.then(work, work);
  return last.catch(() => []);
}

export const cardView = (context, key, data) => new Card(context, key, data);
