// Two to four concepts side by side. Which ones is in the address: compare.html#a+b+c.
"use strict";
(() => {
  const { make, link, byId } = rad;
  const MOST = 4;
  const LETTERS = ["A", "B", "C", "D"];
  const place = byId("comparison");

  const read = () => [...new Set(location.hash.slice(1).split("+").map((part) => {
    try { return decodeURIComponent(part); } catch { return ""; }
  }).filter(Boolean))].slice(0, MOST);
  const write = (paths) => { location.hash = paths.map(encodeURIComponent).join("+"); };

  function crc32(text) { // which file holds a concept; the same sum as zlib's
    let sum = ~0;
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  }
  async function find(path) {
    const rows = await rad.load(`c${crc32(path) % rad.shards}`);
    const row = rows.find((found) => found[0][1] === path);
    if (!row) return null;
    const [self, definitions, differentials, broader, subtypes, collections] = row;
    return { path, self, definitions, differentials, broader, subtypes, collections };
  }

  function source([text, url]) {
    return url ? make("a", { class: "source", href: url, rel: "noreferrer" }, text) : make("span", { class: "source" }, text);
  }
  // "Size: > 2 cm" -> the aspect and what is said of it; no aspect where nothing short stands before a colon.
  function parse(point) {
    const at = point.indexOf(": ");
    return at > 0 && at < 32 ? [point.slice(0, at), point.slice(at + 2)] : ["", point];
  }
  function point(text) {
    const [name, rest] = parse(text);
    return name ? [make("span", { class: "aspect" }, `${name}:`), " ", rest] : [rest];
  }
  function texts(list) {
    return list.map(([items, sources]) => {
      const marks = sources.flatMap((s) => [" ", source(s)]);
      if (items.length === 1) return make("p", {}, ...point(items[0]), ...marks);
      return make("ul", { class: "points" }, ...items.map((item, n) => make("li", {}, ...point(item), ...(n === items.length - 1 ? marks : []))));
    });
  }
  // Links, those that others have too first and marked with their letters, then those that are compared here.
  function shared(list, column, lists, found) {
    const others = (path) => LETTERS.filter((_, n) => n !== column && lists[n]?.some((l) => l[1] === path));
    const compared = (path) => LETTERS[found.findIndex((concept) => concept.path === path)];
    const rows = list.map((item) => ({ item, by: others(item[1]), is: compared(item[1]) }));
    rows.sort((a, b) => b.by.length - a.by.length || Number(Boolean(b.is)) - Number(Boolean(a.is)));
    const badges = ({ by, is }) => [by.length && `also ${by.join(", ")}`, is && `this is ${is}`].filter(Boolean).flatMap((words) => [" ", make("span", { class: "badge" }, words)]);
    return [make("ul", { class: "plain" }, ...rows.map((row) => make("li", {}, row.by.length ? make("mark", {}, link(row.item)) : link(row.item), ...badges(row))))];
  }

  function row(title, found, cell) {
    const cells = found.map((concept, n) => cell(concept, n));
    if (!cells.some((content) => content?.length)) return null;
    return make("tr", {}, make("th", { scope: "row" }, title), ...cells.map((content, n) => {
      const td = make("td", { "data-name": `${LETTERS[n]} ${found[n].self[0]}` });
      if (content === null) td.className = "own";
      if (content?.length) td.append(...content);
      else td.append(make("span", { class: content === null ? "unseen" : "none" }, content === null ? "itself" : "not said"));
      return td;
    }));
  }
  function head(found) {
    return make("tr", {}, make("td"), ...found.map((concept, n) => {
      const button = make("button", { type: "button" }, "remove", make("span", { class: "unseen" }, ` ${concept.self[0]}`));
      button.addEventListener("click", () => write(read().filter((path) => path !== concept.path)));
      return make("th", { scope: "col", class: `column${n}` }, make("span", { class: "letter" }, LETTERS[n]), " ", link(concept.self), " ", button);
    }));
  }
  function common(found, name) {
    const lists = found.map((concept) => (name === "differentials" ? concept.differentials.map((d) => d[0]) : concept[name]));
    return lists[0].filter((item) => lists.every((list) => list.some((other) => other[1] === item[1])));
  }
  function summary(found) {
    const two = found.length === 2;
    const parts = [["differentials", `In the differential of ${two ? "both" : "all"}`], ["collections", `${two ? "Both" : "All"} are in`]].map(([name, words]) => [words, common(found, name)]);
    return parts.filter(([, items]) => items.length).map(([words, items]) => make("p", { class: "common" }, make("b", {}, `${words}: `), ...items.flatMap((item, n) => (n ? [", ", link(item)] : [link(item)]))));
  }
  function table(found) {
    const differentials = found.map((concept) => concept.differentials.map((d) => d[0]));
    const collections = found.map((concept) => concept.collections);
    const told = (from, to) => from.differentials.find((d) => d[0][1] === to.path)?.[1] ?? [];
    const rows = [
      row("What it is", found, (c) => texts(c.definitions)),
      ...(found.length === 2 ? facing(found, [told(found[1], found[0]), told(found[0], found[1])])
        : found.map((from) => row(`What tells it from ${from.self[0]}`, found, (to) => (to === from ? null : texts(told(from, to)))))),
      row("Subtype of", found, (c) => (c.broader.length ? [make("ul", { class: "plain" }, ...c.broader.map((l) => make("li", {}, link(l))))] : [])),
      row("Subtypes", found, (c) => (c.subtypes.length ? [make("ul", { class: "plain" }, ...c.subtypes.map((l) => make("li", {}, link(l))))] : [])),
      row("Differentials", found, (c, n) => (differentials[n].length ? shared(differentials[n], n, differentials, found) : [])),
      row("In collections", found, (c, n) => (collections[n].length ? shared(collections[n], n, collections, found) : [])),
    ];
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Comparison" }, make("table", { class: `compare of${found.length}` },
      make("thead", {}, head(found)), make("tbody", {}, ...rows.filter(Boolean))));
  }
  // Of two, the aspects that the notes name of both face each other, a row each; then what is said of one.
  function facing(found, told) {
    const aspects = told.map((list) => new Map(list.flatMap(([items]) => items.map(parse)).filter(([name]) => name).map(([name]) => [name.toLowerCase(), name])));
    const both = [...aspects[0]].filter(([key]) => aspects[1].has(key));
    const keep = (list, fits, strip) => list.map(([items, sources]) => [items.filter((item) => fits(parse(item)[0].toLowerCase())).map((item) => (strip ? parse(item)[1] : item)), sources]).filter(([items]) => items.length);
    const shared = new Set(both.map(([key]) => key));
    return [
      ...both.map(([key, name]) => row(name, found, (_, n) => texts(keep(told[n], (other) => other === key, true)))),
      row(both.length ? "What else tells it apart" : "What tells it apart", found, (_, n) => texts(keep(told[n], (other) => !shared.has(other), false))),
    ];
  }
  function suggest(found, paths) {
    const box = byId("suggestions");
    const open = found.length && found.length < MOST ? found.flatMap((c) => c.differentials).filter((d) => !paths.includes(d[0][1])) : [];
    const unique = [...new Map(open.sort((a, b) => b[1].length - a[1].length).map((d) => [d[0][1], d[0]])).values()].slice(0, 8);
    box.replaceChildren(...(unique.length ? [make("p", { class: "hint" }, "Differentials to add:"), make("ul", { class: "flow" }, ...unique.map((item) => {
      const button = make("button", { type: "button" }, `+ ${item[0]}`);
      button.addEventListener("click", () => write([...read(), item[1]]));
      return make("li", {}, button);
    }))] : []));
  }

  let turn = 0;
  async function show() {
    const mine = ++turn;
    const paths = read();
    const found = (await Promise.all(paths.map(find))).filter(Boolean);
    if (mine !== turn) return; // the address has changed meanwhile
    byId("picker").classList.toggle("full", found.length >= MOST);
    document.documentElement.classList.toggle("asked", found.length > 0);
    suggest(found, found.map((c) => c.path));
    byId("compare-status").textContent = found.length ? `Comparing ${found.map((c) => c.self[0]).join(", ")}` : "";
    if (found.length > 1) place.replaceChildren(...summary(found), table(found));
    else if (found.length) place.replaceChildren(table(found), make("p", { class: "hint" }, "Add another to compare."));
    else place.replaceChildren(make("p", { class: "hint" }, paths.length ? "Nothing here has this address." : "Choose a diagnosis to begin."));
  }
  rad.attach(byId("add"), byId("add-found"), { take: (picked) => { byId("add").value = ""; const now = read(); if (now.length < MOST && !now.includes(picked[1])) write([...now, picked[1]]); } });
  addEventListener("hashchange", show);
  show();
})();
