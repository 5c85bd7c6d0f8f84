// Follows the board of the service: items by key, each in its latest form, none lost and none twice.

const SILENT_MS = 16000; // the service gives a sign of life every 5 s
const LONGEST_WAIT_MS = 10000;

export class Feed {
  // root: the way to /staff/; changed(changes, anew): called with [{key, data | null, before}]; line(state): "on", "connecting", "over"
  constructor(root, changed, line) {
    this.root = root;
    this.changed = changed;
    this.line = line;
    this.items = new Map();
    this.last = "";
    this.wait = 500;
    this.source = null;
    this.heard = 0;
    this.open();
    setInterval(() => this.look(), 4000);
    addEventListener("online", () => this.again());
    addEventListener("pageshow", (event) => event.persisted && this.again());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
  }

  open() {
    this.close();
    this.heard = Date.now();
    const source = (this.source = new EventSource(`${this.root}live?after=${encodeURIComponent(this.last)}`));
    source.addEventListener("items", (event) => {
      this.alive();
      this.last = event.lastEventId;
      this.take(JSON.parse(event.data));
    });
    source.addEventListener("beat", () => this.alive());
    source.addEventListener("over", () => this.over());
    source.addEventListener("error", () => {
      if (source !== this.source) return;
      this.line("connecting");
      this.close(); // the browser's own way of trying again knows nothing of a sign-in that has ended
      setTimeout(() => this.again(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    });
  }

  close() {
    if (this.source) this.source.close();
    this.source = null;
  }

  alive() {
    this.heard = Date.now();
    this.wait = 500;
    this.line("on");
  }

  look() {
    if (this.source && Date.now() - this.heard > SILENT_MS) this.again();
  }

  async again() {
    if (this.ended) return;
    this.close();
    try {
      const answer = await fetch(`${this.root}session`, { headers: { accept: "application/json" } });
      if (answer.status === 401) return this.over();
    } catch {
      // not reachable: the stream will say so too
    }
    if (!this.source) this.open();
  }

  over() {
    this.ended = true;
    this.close();
    this.line("over");
  }

  take({ anew, items }) {
    const changes = [];
    if (anew) {
      const there = new Set(items.map((item) => item.key));
      for (const [key, kept] of this.items)
        if (!there.has(key)) {
          this.items.delete(key);
          changes.push({ key, data: null, before: kept.data });
        }
    }
    for (const { key, version, data } of items) {
      const kept = this.items.get(key);
      if (data === null) this.items.delete(key);
      else this.items.set(key, { version, data });
      changes.push({ key, data, before: kept ? kept.data : null });
    }
    this.changed(changes, anew);
  }
}
