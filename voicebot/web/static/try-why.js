// What was heard and why: a card for each thing that the caller did, the newest on top.

const percent = (share) => `${Math.round(share * 100)}%`;

export function make(tag, fields = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export class Why {
  // where: the place of the cards; path: the place of the way; words; fill(text, values)
  constructor(where, path, empty, words, fill) {
    Object.assign(this, { where, pathPlace: path, empty, words, fill });
    this.clear();
  }

  clear() {
    this.where.replaceChildren();
    this.pathPlace.replaceChildren();
    this.empty.hidden = false;
    this.card = null;
    this.limits = null;
    this.faqs = new Map(); // cells of a turn's candidates, by entry
    this.way = [];
  }

  take(item) {
    this[`on_${item.what}`]?.(item);
    if (item.record && this.card) this.detail(item);
  }

  on_began(item) {
    this.limits = item.limits;
    this.open(this.words.why_began, 0);
  }

  on_believed(item) {
    if (!this.speaking) this.on_speaking({});
    this.interim.textContent = item.words;
  }

  on_speaking() {
    this.open(this.words.why_heard, this.at);
    this.interim = make("p", { className: "interim" }, "…");
    this.card.body.append(this.interim);
    this.speaking = true;
  }

  on_heard(item) {
    if (!this.speaking) this.open(this.words.why_heard, item.at);
    this.interim?.remove();
    this.speaking = false;
    if (!item.speech && item.guesses.length) this.card.title.textContent = this.words.why_typed;
    const { words } = this;
    if (item.guesses.length) {
      this.card.body.append(
        table(
          [words.words, words.reading, words.sure],
          item.guesses.map((guess) => [guess.text, guess.reading, bar(guess.confidence)]),
          words.why_heard,
        ),
      );
    } else this.card.body.append(make("p", {}, words.no_words));
    if (!item.counts) this.card.body.append(make("p", { className: "hint" }, words.unheard));
    if (item.speech) {
      this.card.body.append(
        make("p", { className: "hint" }, this.fill(words.timing, { speech: item.speech.toFixed(1), decode: item.decode.toFixed(2) })),
      );
    }
    if (item.guesses.length && item.counts) this.nearTo(item);
  }

  nearTo({ near }) {
    const { words } = this;
    if (!near.length) return this.card.body.append(make("p", { className: "hint" }, words.near_none));
    const rows = near.map((each) => [
      each.everywhere ? `${each.words} (${words.near_everywhere})` : each.name === each.words ? each.name : `${each.name} ← ${each.words}`,
      bar(each.confidence),
    ]);
    const limits = this.fill(words.near_limits, { choice: percent(this.limits.choice), confirm: percent(this.limits.choice_confirm) });
    this.card.body.append(table([words.near, words.sure], rows, words.near), make("p", { className: "hint" }, limits));
  }

  on_key(item) {
    const label = this.words.why_key;
    if (this.card?.keys && !this.card.judged) this.card.keys.textContent += item.digit;
    else {
      this.open(label, item.at);
      this.card.keys = make("p", { className: "keys-pressed" }, item.digit);
      this.card.body.append(this.card.keys);
    }
  }

  on_timed(item) {
    this.open(this.words.why_silence, item.at);
  }

  on_transferred(item) {
    this.open(this.words.why_transfer, item.at);
    this.card.body.append(make("p", {}, this.words[`outcome_${item.outcome}`] || item.outcome));
  }

  on_found(item) {
    const { words } = this;
    if (!this.card) this.open(words.faq, item.at);
    if (!item.hits.length) this.card.body.append(make("p", { className: "hint" }, words.faq_none));
    else {
      const rows = item.hits.map((hit) => [hit.entry, hit.department, bar(hit.confidence), "", "", ""]);
      const found = table([words.faq, words.department, words.sure, words.sound, words.wording, words.meaning], rows, words.faq);
      this.faqs = new Map([...found.tBodies[0].rows].map((row) => [row.cells[0].textContent, row.cells]));
      const limits = { answer: percent(this.limits.answer), confirm: percent(this.limits.confirm), offer: percent(item.offer) };
      this.card.body.append(
        found,
        make("p", { className: "hint" }, this.fill(words.faq_limits, limits), " ", words.evidence_hint),
      );
    }
    if (item.departments.length) {
      const rows = item.departments.map((each) => [each.name, bar(each.confidence)]);
      this.card.body.append(table([words.departments, words.sure], rows, words.departments));
    }
  }

  on_reasons(item) {
    for (const row of item.rows) {
      const cells = this.faqs.get(row.entry);
      if (!cells) continue;
      [row.sound, row.words, row.meaning].forEach((share, place) => {
        cells[3 + place].textContent = share === null ? "–" : Math.round(share * 100);
      });
    }
  }

  on_look(item) {
    const about = this.words[`look_${item.about}`] || item.about;
    const { language, ...rest } = item.arguments;
    this.looking = [about, ...Object.values(rest)].join(" ");
  }

  // What it would say; the facts themselves stand in the details.
  on_looked(item) {
    this.card?.body.append(make("p", { className: "hint" }, `${this.words.looked}: ${this.looking} → ${item.facts.say || "–"}`));
  }

  on_verdict(item) {
    if (!this.card) return;
    const text = this.fill(this.words[`verdict_${item.code}`] || item.code, { ...item, node: item.node || item.question });
    this.card.judged = true;
    this.card.verdicts.append(make("p", { className: "verdict" }, make("b", {}, this.words.decided), " ", text));
  }

  on_waited(item) {
    this.card?.body.append(make("p", { className: "hint" }, this.fill(this.words.waited, { seconds: item.seconds.toFixed(2) })));
  }

  on_said(item) {
    const name = item.answers || item.node;
    if (name && this.way[this.way.length - 1] !== name) {
      this.way.push(name);
      this.pathPlace.replaceChildren(make("b", {}, this.words.path), ` ${this.way.join(" → ")}`);
    }
  }

  open(title, at) {
    this.empty.hidden = true;
    this.speaking = false;
    const heading = make("h3", {}, title);
    const verdicts = make("div");
    const body = make("div");
    const list = make("ol");
    const details = make("details", { className: "records" }, make("summary", {}, this.words.details), list);
    const time = make("time", {}, at === undefined ? "" : `${at.toFixed(1)} s`);
    this.where.prepend(make("article", { className: "because" }, make("header", {}, heading, time), verdicts, body, details));
    this.card = { title: heading, verdicts, body, list };
  }

  detail(item) {
    this.at = item.at;
    const rest = Object.fromEntries(
      Object.entries(item).filter(([name]) => !["event", "what", "at", "record", "turn", "near", "guesses", "hits"].includes(name)),
    );
    const turn = item.turn === null || item.turn === undefined ? "" : ` #${item.turn}`;
    const text = Object.keys(rest).length ? ` ${JSON.stringify(rest)}` : "";
    this.card.list.append(make("li", {}, `${item.at.toFixed(2)} ${item.record}${turn}${text}`));
  }
}

function bar(share) {
  const meter = make("meter", { min: 0, max: 1, value: share });
  meter.setAttribute("aria-hidden", "true");
  return make("span", { className: "share" }, meter, percent(share));
}

function table(heads, rows, label) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const body = make("tbody", {}, ...rows.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell)))));
  return make("table", { "aria-label": label }, make("thead", {}, head), body);
}
