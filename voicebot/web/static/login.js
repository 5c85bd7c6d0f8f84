// Lets people look at the password that they have typed.
const label = document.querySelector("[data-show-password]");
const password = document.getElementById("password");
label.hidden = false;
label.firstElementChild.addEventListener("change", (event) => {
  password.type = event.target.checked ? "text" : "password";
});
