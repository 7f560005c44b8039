// Runs before the page is drawn, so that nothing jumps: says that scripts run and
// whether the address asks for something to be drawn, and sets the theme chosen before.
"use strict";
document.documentElement.classList.add("js");
document.documentElement.classList.toggle("asked", location.hash.length > 1);
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage may be refused */ }
