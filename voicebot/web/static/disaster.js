// The disaster switch: ticking a place shows its note; notes of other places are not sent, however many there are.
for (const spot of document.querySelectorAll(".spots li")) {
  const [open, note] = spot.querySelectorAll("input");
  const follow = () => {
    note.disabled = !open.checked;
    note.hidden = !open.checked;
  };
  open.addEventListener("change", follow);
  follow();
}
