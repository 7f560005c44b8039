"use strict";
// Everything shown comes from notes of strangers: it is set as text, never as HTML.
const $ = (id) => document.getElementById(id);
const token = location.hash.slice(1);
const skipped = new Set();
let rows = [], left = 0, total = 0, busy = false;

async function ask(path, given) {
  const headers = { "X-Token": token, "Content-Type": "application/json" };
  const options = given ? { method: "POST", headers, body: JSON.stringify(given) } : { headers };
  const answer = await fetch(path, options);
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new Error(text.startsWith("{") ? JSON.parse(text).error : text);
}

async function load() {
  ({ rows, left, total } = await ask("rows"));
  rows = rows.filter((row) => !skipped.has(row.id));
  show();
}

function show() {
  const row = rows[0];
  $("bar").max = total;
  $("bar").value = total - left;
  $("count").textContent = `${total - left} of ${total} decided`;
  $("form").hidden = true;
  $("message").textContent = "";
  $("decision").value = $("comment").value = "";
  $("buttons").hidden = !row;
  $("lines").replaceChildren();
  $("statement").textContent = row ? row.statement : skipped.size ? "Only skipped statements are left on this page." : "Nothing is left to decide.";
  $("facts").textContent = row ? `${row.place} · “${row.words}” · confidence ${row.confidence}` : "";
  for (const [number, text] of row ? row.lines : []) {
    const item = document.createElement("li");
    const line = item.appendChild(document.createElement(number === row.line ? "mark" : "span"));
    line.textContent = `${number}  ${text}`;
    $("lines").append(item);
  }
}

async function keep(decision) {
  if (busy || !rows.length) return;
  busy = true;
  try {
    const open = new Set((await ask("decide", { id: rows[0].id, decision, comment: $("comment").value })).open);
    rows = rows.filter((row) => open.has(row.id));
    left = open.size;
    if (rows.length || !left) show();
    else await load();
  } catch (error) {
    $("message").textContent = error.message;
  } finally {
    busy = false;
  }
}

function edit() {
  const words = rows[0].allowed.find((word) => word.endsWith(" to"));
  $("form").hidden = false;
  $("decision").value = words ? `${words} ${rows[0].text}` : "";
  $("allowed").textContent = `One of: ${rows[0].allowed.map((word) => (word.includes(" ") ? `${word} ...` : word)).join(", ")}`;
  $("buttons").hidden = true;
  $("decision").focus();
}

function act(key) {
  if (!rows.length) return;
  if (key === "a") keep("accept");
  if (key === "r") keep("reject");
  if (key === "e") edit();
  if (key === "s") {
    skipped.add(rows.shift().id);
    show();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show();
  if (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if ("ares".includes(event.key)) event.preventDefault();
  act(event.key);
});
$("buttons").addEventListener("click", (event) => act(event.target.closest("button")?.dataset.key));
$("cancel").addEventListener("click", show);
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  keep($("decision").value);
});
load().catch((error) => { $("statement").textContent = error.message; });
