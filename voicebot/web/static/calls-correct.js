// Corrections are sent without leaving the page, so that listening goes on; without scripts the forms work as forms.

import { combobox } from "./combobox.js";

export function corrections(list, told) {
  for (const each of list.querySelectorAll(".combo")) combobox(each, found);

  list.addEventListener("input", (event) => {
    const form = event.target.closest(".fix form");
    if (form && event.target.name === "text") form.querySelector("[name=verdict][value=changed]").checked = true;
  });

  list.addEventListener("click", (event) => {
    const guess = event.target.closest("[data-guess]");
    const fix = guess?.closest(".what").querySelector(".fix");
    if (!fix) return;
    const text = fix.querySelector("[name=text]");
    fix.open = true;
    text.value = guess.textContent;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });

  list.addEventListener("keydown", (event) => {
    const form = event.target.closest(".fix form");
    if (!form || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape" && !form.querySelector("[aria-expanded=true]")) close(form);
  });

  list.addEventListener("submit", async (event) => {
    const form = event.target.closest(".fix form");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button.main");
    button.disabled = true;
    told.hidden = true;
    try {
      await send(form);
    } catch (error) {
      told.textContent = error.message;
      told.hidden = false;
      told.scrollIntoView({ block: "nearest" });
    } finally {
      button.disabled = false;
    }
  });
}

function close(form) {
  const fix = form.closest(".fix");
  fix.open = false;
  fix.querySelector("summary").focus();
}

async function send(form) {
  const address = form.action.split("?")[0];
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { accept: "application/json" },
  });
  if (!answer.ok) throw new Error((await answer.json()).message);
  const piece = await fetch(address, { headers: { accept: "text/html" } });
  if (!piece.ok) return location.reload();
  const parsed = new DOMParser().parseFromString(await piece.text(), "text/html").querySelector("li");
  const old = form.closest("li.moment");
  parsed.classList.toggle("now", old.classList.contains("now"));
  old.replaceWith(parsed);
  for (const each of parsed.querySelectorAll(".combo")) combobox(each, found);
  parsed.querySelector(".fix > summary").focus();
}

async function found(words) {
  const address = new URL("entries", document.baseURI);
  address.searchParams.set("q", words);
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) return [];
  return (await answer.json()).map((each) => ({ value: each.entry, beside: each.department }));
}
