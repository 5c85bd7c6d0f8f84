// A field with a list of what fits, by the ARIA pattern "editable combobox with list autocomplete".

// box: holds the input and the list; find(words): what fits, as [{value, beside}, ...]
export function combobox(box, find) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  let waiting = null;
  let asked = 0;

  const options = () => [...list.children];
  const chosen = () => options().findIndex((each) => each.getAttribute("aria-selected") === "true");

  function close() {
    clearTimeout(waiting); // what is still looked for must not open the list again
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function select(place) {
    options().forEach((each, at) => each.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function take(place) {
    input.value = options()[place].dataset.value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  async function fill() {
    const number = (asked += 1);
    const fitting = await find(input.value.trim());
    if (number !== asked || document.activeElement !== input) return;
    list.replaceChildren(
      ...fitting.map(({ value, beside }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = value;
        option.textContent = value;
        if (beside) option.append(Object.assign(document.createElement("small"), { textContent: beside }));
        return option;
      }),
    );
    list.hidden = !fitting.length;
    input.setAttribute("aria-expanded", String(Boolean(fitting.length)));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(fill, 150);
  });
  input.addEventListener("focus", () => fill());
  input.addEventListener("blur", () => close());
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("[role=option]");
    if (option) take(options().indexOf(option));
  });
  input.addEventListener("keydown", (event) => {
    const many = options().length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many) {
      event.preventDefault();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const down = event.key === "ArrowDown";
      select((chosen() + (down ? 1 : chosen() < 0 ? 0 : -1) + many) % many);
    } else if (event.key === "Enter" && !list.hidden && chosen() >= 0) {
      event.preventDefault();
      take(chosen());
    }
  });
}
