// Runs before the page is drawn, so that nothing jumps: says that scripts run, and sets the theme chosen before.
"use strict";
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage may be refused */ }
