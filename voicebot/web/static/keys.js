// Single keys, which can be switched off (WCAG 2.1.4), and never while somebody types.

const KEPT = "voicebot-keys";
const OF_PLAYERS = new Set([" ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

// act(key, event): whether the key meant something; box: the switch, if the page has one
export function singleKeys(act, box = document.getElementById("use-keys")) {
  let used = localStorage.getItem(KEPT) !== "off";
  if (box) {
    box.checked = used;
    box.addEventListener("change", () => {
      used = box.checked;
      localStorage.setItem(KEPT, used ? "on" : "off");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!used || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog[open]")) return;
    if (event.target.closest("audio") && OF_PLAYERS.has(event.key)) return;
    if (act(event.key, event)) event.preventDefault();
  });
}
