// Shows what the check finds in the draft beside the row or the field that it is about; asked for when the page is there.
"use strict";

function listOf(findings) {
  const list = document.createElement("ul");
  list.className = "found";
  for (const finding of findings) {
    const item = document.createElement("li");
    item.className = finding.level;
    item.textContent = finding.message;
    list.append(item);
  }
  return list;
}

function besideRows(place, findings) {
  for (const row of place.querySelectorAll("[data-path][data-first]")) {
    const mine = findings.filter((each) => each.path === row.dataset.path
      && each.line >= Number(row.dataset.first) && each.line <= Number(row.dataset.last));
    if (mine.length) (row.querySelector("th") || row).append(listOf(mine));
  }
}

function besideFields(place, findings) {
  const left = [];
  for (const finding of findings) {
    const field = finding.key && place.querySelector(`[data-key="${CSS.escape(finding.key)}"]`);
    if (field) field.append(listOf([finding]));
    else left.push(finding);
  }
  if (left.length) place.prepend(listOf(left));
}

// While the check is under way the answer is 202.
async function findingsOf(address) {
  for (;;) {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (answer.status !== 202) return answer.ok ? (await answer.json()).findings : [];
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

for (const place of document.querySelectorAll("[data-found]")) {
  const query = new URLSearchParams({ under: place.dataset.found, where: place.dataset.where || "" });
  findingsOf(`${place.dataset.root}content/found?${query}`)
    .then((findings) => (place.dataset.where ? besideFields : besideRows)(place, findings))
    .catch(() => {})
    .finally(() => place.setAttribute("data-looked", ""));
}

// Nobody leaves a form with typed words by mistake.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = form.hasAttribute("data-changed");
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
