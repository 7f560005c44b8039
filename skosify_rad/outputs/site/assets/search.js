// Search, and what the pages share: data, links, pickers. Text reaches the page by textContent only.
"use strict";
const rad = (() => {
  const { root, inner, shards } = document.documentElement.dataset;
  const waiting = new Map();

  // Data are scripts: a page opened from a folder may load those, but may not fetch.
  window.radData = (name, value) => waiting.get(name)?.give(value);
  function load(name) {
    if (!waiting.has(name)) {
      const entry = {};
      entry.promise = new Promise((give, fail) => {
        entry.give = give;
        const script = document.createElement("script");
        script.src = `${root}${inner}/data/${name}.js`;
        script.onerror = () => fail(new Error(`${name} cannot be loaded`));
        document.head.append(script);
      });
      waiting.set(name, entry);
    }
    return waiting.get(name).promise;
  }

  // What makes two spellings one: marks, British and American forms, doubled letters, plural and possessive s.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/['’]s?(?![\p{L}])/gu, "").replace(/['’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim()
      .split(" ").map(foldWord).join(" ");
  }
  function foldWord(word) {
    if (word.length < 4) return word;
    return word.replace(/ae|oe/g, "e").replace(/our/g, "or").replace(/is(?=[aei])/g, "iz").replace(/ys(?=[ei])/g, "yz")
      .replace(/([bt])re$/, "$1er").replace(/^leuk/, "leuc").replace(/grey/, "gray").replace(/sulph/, "sulf")
      .replace(/(?<![siu])s$/, "").replace(/(\p{L})\1/gu, "$1");
  }

  // Damerau-Levenshtein distance (neighbours swapped count once) of a query to a word or to the word's beginning.
  const LONGEST = 80; // letters of a query
  let [older, old, now] = [0, 1, 2].map(() => new Uint8Array(LONGEST + 4));
  function distance(query, word, most) {
    const width = Math.min(word.length, query.length + most); // what lies behind is farther away in any case
    if (width < query.length - most) return 99;
    for (let j = 0; j <= width; j++) old[j] = j;
    for (let i = 1; i <= query.length; i++) {
      const from = Math.max(1, i - most), to = Math.min(width, i + most); // the others are farther away than `most`
      let least = now[from - 1] = from === 1 ? i : 99;
      for (let j = from; j <= to; j++) {
        const same = query[i - 1] === word[j - 1] ? 0 : 1;
        let far = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + same);
        if (i > 1 && j > 1 && query[i - 1] === word[j - 2] && query[i - 2] === word[j - 1]) far = Math.min(far, older[j - 2] + 1);
        now[j] = far;
        if (far < least) least = far;
      }
      now[to + 1] = 99;
      if (least > most) return 99;
      [older, old, now] = [old, now, older];
    }
    let best = width === word.length ? old[width] : 99;
    for (let j = query.length; j <= width; j++) best = Math.min(best, old[j] + 0.5);
    return best;
  }
  // The letters of a word as bits: a query with more letters that a word has not than there may be mistakes is none of its spellings.
  function letters(word) {
    let bits = 0;
    for (let n = 0; n < word.length; n++) bits |= 1 << (word.charCodeAt(n) % 32);
    return bits;
  }
  function lacking(bits) {
    let many = 0;
    for (; bits; bits &= bits - 1) many++;
    return many;
  }

  // Names as numbers of words: a key looks once at each different word, then adds numbers for each name.
  let index = null;
  const load_index = () => load("names").then((rows) => (index ??= build(rows)));
  function build(rows) {
    const words = [], numbers = new Map(), names = [];
    const number = (word) => {
      if (!numbers.has(word)) numbers.set(word, words.push({ word, bits: letters(word) }) - 1);
      return numbers.get(word);
    };
    for (const row of rows) {
      [row[0], ...(row[3] ?? [])].forEach((name, at) => {
        const parts = fold(name).split(" ");
        names.push({ row, by: at ? name : "", words: parts.map(number), whole: parts.join(" "), joined: parts.join(""), initials: parts.map((word) => word[0]).join("") });
      });
    }
    return { words, names };
  }

  // How well a word of a query fits each different word, 0 best.
  function fit(query, fuzzy) {
    const bits = letters(query), most = query.length > 7 ? 2 : 1;
    return Float32Array.from(index.words, (entry) => {
      const word = entry.word;
      if (word.startsWith(query)) return word.length === query.length ? 0 : 1;
      if (query.length > 2 && word.includes(query)) return 3;
      if (!fuzzy || query.length < 4 || lacking(bits & ~entry.bits) > most) return 99;
      return Math.min(99, 4 + distance(query, word, most));
    });
  }
  function scoreName(query, joined, fits, name) {
    if (name.whole === query) return -2;
    let score = 0;
    for (let n = 0; n < fits.length && score < 99; n++) {
      let best = 99;
      for (const word of name.words) best = Math.min(best, fits[n][word]);
      score += best;
    }
    if (score >= 99) {
      if (query.length > 1 && name.initials.length > 1 && name.initials === query) return 2;
      return joined.length > 3 && name.joined.includes(joined) ? 5 : 99;
    }
    return score + (name.whole.startsWith(query) ? -1 : 0);
  }
  const before = (a, b) => a.score < b.score || (a.score === b.score && a.row[1] < b.row[1]);
  // The rows that fit best, each by the best of its names.
  function rank(query, fuzzy, most) {
    const joined = query.replaceAll(" ", ""), fits = [...new Set(query.split(" "))].map((word) => fit(word, fuzzy));
    const hits = [];
    let hit = null;
    const keep = () => {
      if (!hit || (hits.length === most && !before(hit, hits[most - 1]))) return;
      let at = hits.length;
      while (at && before(hit, hits[at - 1])) at--;
      hits.splice(at, 0, hit);
      hits.length = Math.min(hits.length, most);
    };
    for (const name of index.names) {
      const fitting = scoreName(query, joined, fits, name);
      if (fitting >= 99) continue;
      const { row, by } = name, score = fitting + (by ? 0.2 : 0) + row[2] * 0.3 + row[0].length / 200;
      if (hit?.row === row) {
        if (score < hit.score) hit = { row, by, score };
        continue;
      }
      keep();
      hit = { row, by, score };
    }
    keep();
    return hits;
  }
  // Rows that fit, best first; spelling mistakes are looked for only where nothing fits well as it is written.
  function search(text, most = 12) {
    const query = index && fold(text.slice(0, LONGEST)).slice(0, LONGEST).trim();
    if (!query) return [];
    const hits = rank(query, false, most);
    return hits.length && hits[0].score <= 3 ? hits : rank(query, true, most);
  }

  const KINDS = ["note", "stub", "collection", "deprecated"];
  const address = (path) => `${root}${path.split("/").map(encodeURIComponent).join("/")}.html`;
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  const link = ([label, path, kind]) => make("a", { href: address(path), class: KINDS[kind] }, label);

  // An input with a list of what fits: arrows choose, Enter takes, Escape closes.
  function attach(input, list, options) {
    let hits = [], at = -1;
    const status = options.status;
    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(number) {
      at = number;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      const item = list.children[at];
      item?.scrollIntoView({ block: "nearest" });
      if (item?.id) input.setAttribute("aria-activedescendant", item.id);
    }
    function take(number) {
      const hit = hits[number];
      if (!hit) return;
      close();
      options.take(hit.row);
    }
    function show() {
      hits = search(input.value).filter((hit) => options.all || hit.row[2] < 2);
      list.replaceChildren(...hits.map(({ row, by }, number) => {
        const item = make("li", { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" }, make("span", { class: `name ${KINDS[row[2]]}` }, row[0]));
        const more = [by && `“${by}”`, ["", "named only", "collection"][row[2]]].filter(Boolean).join(" · ");
        if (more) item.append(make("span", { class: "hint" }, more));
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(number));
        return item;
      }));
      const typed = input.value.trim() !== "";
      if (typed && !hits.length) list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" }, "Nothing is called that."));
      list.hidden = !typed;
      input.setAttribute("aria-expanded", String(typed));
      if (status) status.textContent = typed ? `${hits.length} found` : "";
      if (hits.length) choose(0);
      else input.removeAttribute("aria-activedescendant");
    }
    const ready = () => load_index().then(() => { if (document.activeElement === input && input.value) show(); });
    input.addEventListener("focus", ready, { once: true });
    input.addEventListener("input", () => (index ? show() : ready()));
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length) {
        event.preventDefault();
        if (list.hidden) show();
        else choose((at + step + hits.length) % hits.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!list.hidden) take(Math.max(at, 0));
      } else if (event.key === "Escape") {
        if (list.hidden) input.value = "";
        close();
      }
    });
    input.form?.addEventListener("submit", (event) => event.preventDefault());
  }

  const byId = (id) => document.getElementById(id);
  const words = byId("words");
  attach(words, byId("found"), { all: true, status: byId("found-count"), take: (row) => { location.href = address(row[1]); } });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      words.focus();
      words.select();
    }
  });
  byId("theme").addEventListener("click", () => {
    const html = document.documentElement;
    const dark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    html.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", html.dataset.theme); } catch { /* storage may be refused */ }
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const from = byId(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(from.textContent);
        button.textContent = "Copied";
      } catch { // a page from a folder has no clipboard: select it instead
        getSelection().selectAllChildren(from);
        button.textContent = "Selected";
      }
    });
  }
  for (const [name, open] of [["open", true], ["close", false]]) {
    for (const button of document.querySelectorAll(`[data-${name}]`)) {
      button.addEventListener("click", () => {
        for (const part of byId(button.dataset[name]).querySelectorAll("details")) part.open = open;
      });
    }
  }
  return { load, load_index, fold, search, attach, make, link, address, byId, shards: Number(shards), kinds: KINDS };
})();
