// The line of a call as a picture: scenes, the bot's and the caller's sound with their words, and what happened.

const SIDE = 52; // where the lanes are named
const TOP = 22;
const LANE = 44;
const TEXT = 18;
const MARKS = 12;
const LETTER = 13;
const HEIGHT = TOP + 2 * LANE + 2 * TEXT + MARKS + 6;
const WIDEST = 16;

export class Line {
  // track: what scrolls; given: seconds, stretches, spoken, nodes, marks; go(at): the position that was chosen
  constructor(track, given, words, go) {
    this.track = track;
    this.given = given;
    this.words = words;
    this.svg = track.querySelector("svg");
    this.factor = 1;
    this.peaks = null;
    this.position = 0;
    track.setAttribute("aria-valuemax", String(Math.ceil(given.seconds)));
    track.addEventListener("click", (event) => go(this.second(event)));
    track.addEventListener("keydown", (event) => {
      const to = { Home: 0, End: given.seconds, PageUp: this.position + 10, PageDown: this.position - 10, ArrowUp: this.position + 3, ArrowDown: this.position - 3 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    });
    new ResizeObserver(() => this.draw()).observe(track);
    this.draw();
  }

  sound(peaks) {
    this.peaks = peaks;
    this.draw();
  }

  zoom(by) {
    this.factor = Math.max(1, Math.min(WIDEST, this.factor * by));
    this.draw();
    this.reveal(true);
  }

  second(event) {
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    return (x - SIDE) / this.scale;
  }

  x(at) {
    return SIDE + at * this.scale;
  }

  at(at) {
    this.position = at;
    this.now?.setAttribute("x", String(this.x(at) - 1));
    this.track.setAttribute("aria-valuenow", String(Math.round(at)));
    this.track.setAttribute("aria-valuetext", `${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, "0")}`);
    this.reveal(false);
  }

  reveal(centred) {
    const { scrollLeft, clientWidth } = this.track;
    const x = this.x(this.position);
    if (centred || x < scrollLeft + SIDE || x > scrollLeft + clientWidth * 0.75) this.track.scrollLeft = x - clientWidth / 3;
  }

  draw() {
    const width = Math.max(200, this.track.clientWidth) * this.factor;
    this.scale = (width - SIDE - 8) / this.given.seconds;
    this.svg.replaceChildren();
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(HEIGHT));
    const bot = TOP;
    const caller = TOP + LANE + 2 * TEXT;
    this.lane(bot, this.words.bot);
    this.lane(caller, this.words.caller);
    this.text(4, 15, "line-name", this.words.node);
    this.scenes();
    for (const each of this.given.spoken) this.spoken(each, each.who === "heard" ? caller : bot);
    if (this.peaks) {
      this.wave(this.peaks.bot, bot, "line-bot");
      this.wave(this.peaks.caller, caller, "line-caller");
    }
    for (const [at, tone] of this.given.marks) this.mark(at, tone);
    this.now = this.add("rect", { x: this.x(this.position) - 1, y: 0, width: 2, height: HEIGHT, class: "line-now" });
  }

  lane(y, name) {
    const width = this.given.seconds * this.scale;
    this.add("rect", { x: SIDE, y, width, height: LANE, class: this.given.stretches.length ? "line-none" : "line-quiet" });
    for (const [since, , length] of this.given.stretches) {
      this.add("rect", { x: this.x(since), y, width: Math.max(0, length * this.scale), height: LANE, class: "line-quiet" });
    }
    this.text(4, y + LANE / 2 + 5, "line-name", name);
  }

  scenes() {
    this.given.nodes.forEach(([at, name], place) => {
      const until = this.given.nodes[place + 1]?.[0] ?? this.given.seconds;
      const width = Math.max(1, (until - at) * this.scale - 1);
      this.add("rect", { x: this.x(at), y: 1, width, height: TOP - 4, rx: 3, class: "line-node" });
      this.short(this.x(at) + 4, 15, name, width - 6, "line-name");
    });
  }

  spoken(each, y) {
    const width = Math.max(2, (each.to - each.from) * this.scale);
    this.add("rect", { x: this.x(each.from), y, width, height: LANE, class: `line-span-${each.who}` });
    // Close up, the letters are spread over the time in which they were said: nobody knows the moment of each.
    if (this.wide(each.text) <= width) {
      const attributes = { x: this.x(each.from), y: y + LANE + 13, class: "line-words", textLength: width, lengthAdjust: "spacing" };
      this.add("text", attributes).textContent = each.text;
      return;
    }
    const next = this.given.spoken.find((other) => other.who === each.who && other.from > each.from);
    const room = ((next?.from ?? this.given.seconds) - each.from) * this.scale - 6;
    this.short(this.x(each.from), y + LANE + 13, each.text, room, "line-words");
  }

  wave(levels, y, name) {
    const middle = y + LANE / 2;
    for (const [since, recorded, length] of this.given.stretches) {
      const first = Math.floor(recorded / this.peaks.step);
      const last = Math.min(levels.length, Math.ceil((recorded + length) / this.peaks.step));
      const up = [];
      const down = [];
      for (let place = first; place < last; place += 1) {
        const x = this.x(since + place * this.peaks.step - recorded).toFixed(1);
        const high = ((levels[place] / 100) * (LANE / 2 - 1)).toFixed(1);
        up.push(`${x},${middle - high}`);
        down.unshift(`${x},${middle + Number(high)}`);
      }
      if (up.length) this.add("polygon", { points: [...up, ...down].join(" "), class: name });
    }
  }

  mark(at, tone) {
    const x = this.x(at);
    const y = HEIGHT - MARKS;
    this.add("polygon", { points: `${x},${y} ${x - 5},${y + 10} ${x + 5},${y + 10}`, class: `line-${tone}` });
  }

  // Letters of Japanese are all as wide; of others two go into the place of one.
  wide(text) {
    return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) < 0x300 ? LETTER * 0.56 : LETTER), 0);
  }

  short(x, y, text, room, name) {
    let width = 0;
    let kept = "";
    for (const letter of text.replace(/\s+/g, " ")) {
      width += this.wide(letter);
      if (width > room) {
        kept = kept.slice(0, -1) + "…";
        break;
      }
      kept += letter;
    }
    if (kept.length > 1 || kept === text) this.text(x, y, name, kept);
  }

  text(x, y, name, words) {
    this.add("text", { x, y, class: name }).textContent = words;
  }

  add(kind, attributes) {
    const node = document.createElementNS(this.svg.namespaceURI, kind);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    this.svg.append(node);
    return node;
  }
}
