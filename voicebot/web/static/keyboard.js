// The single keys of the operators' page.

import { singleKeys } from "./keys.js";

export function keyboard({ tab, help }) {
  const sections = { 1: "transfers", 2: "tickets", 3: "calls" };
  const presences = { A: "available", B: "busy", V: "away" };

  singleKeys(act);

  function act(key, event) {
    const item = document.activeElement.closest(".item");
    if (key === "?") return help() || true;
    if (sections[key]) return tab(sections[key], true) || true;
    if (event.shiftKey && presences[key]) return press(document, `#presence [value=${presences[key]}]`);
    if (key === "j" || key === "k") return step(item, key === "j" ? 1 : -1);
    if (!item) return false;
    if (key === "Enter" && event.target === item) return press(item, "[data-do=open], summary");
    if (key === "t") return press(item, "[data-do=take]");
    if (key === "d") return press(item, "button[data-do=done]");
    if (key === "n") return opened(item, ".more", "textarea");
    if (key === "w") return focused(item, ".wrong button");
    if (key === "l") return press(item, "[data-do=listen]");
    if (key === "o") return press(item, "[data-do=take-over]");
    return false;
  }
}

function press(where, selector) {
  const node = [...where.querySelectorAll(selector)].find((each) => !each.hidden);
  if (!node) return false;
  node.click();
  return true;
}

function focused(item, selector) {
  const node = [...item.querySelectorAll(selector)].find((each) => each.offsetParent);
  node?.focus();
  return Boolean(node);
}

function opened(item, selector, inside) {
  const details = item.querySelector(selector);
  if (!details) return false;
  details.open = true;
  details.querySelector(inside)?.focus();
  return true;
}

function step(item, by) {
  const section = item?.closest("section") || document.querySelector("section.shown") || document.getElementById("transfers");
  const all = [...section.querySelectorAll(".item:not([hidden])")].filter((each) => each.offsetParent);
  const next = all[item ? all.indexOf(item) + by : 0];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}
