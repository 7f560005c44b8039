// A concept's differentials and theirs. Which concept is in the address: graph.html#a. The same address, the same picture.
"use strict";
(() => {
  const { make, link, byId } = rad;
  const NS = "http://www.w3.org/2000/svg";
  const WIDTH = 1160, HEIGHT = 650, NARROW = 340;
  const GAPS = [0, 31, 17]; // pixels between two labels, one above the other: those of the first step have two lines
  const LINE = [0, 15, 13]; // pixels between the lines of a label
  const MOST_FIRST = 24, MOST_SECOND = 60;

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  const cut = (label, most) => (label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label);

  function breakLabel(label, most, lines) {
    const words = label.split(" ");
    let first = words.shift();
    while (lines > 1 && words.length && `${first} ${words[0]}`.length <= most) first += ` ${words.shift()}`;
    return lines > 1 && words.length ? [cut(first, most), cut(words.join(" "), most)] : [cut(label, most)];
  }

  // Who is one step away, who is two, and whom each of these hangs on.
  function around(middle, next) {
    const all = next.get(middle) ?? [];
    const first = all.slice(0, MOST_FIRST);
    const near = new Set([middle, ...first]);
    const below = new Map(first.map((one) => [one, []]));
    let many = 0, hidden = all.length - first.length;
    for (const one of first) {
      for (const two of next.get(one) ?? []) {
        if (near.has(two)) continue;
        if (many === MOST_SECOND) { hidden++; continue; }
        near.add(two);
        below.get(one).push(two);
        many++;
      }
    }
    return { first, below, near, many, hidden };
  }
  // Angles in proportion to what hangs on each; then labels on one side are moved apart.
  function layout({ first, below }) {
    const weight = (one) => Math.max(1.4, below.get(one).length);
    const total = first.reduce((sum, one) => sum + weight(one), 0);
    const at = new Map();
    const put = (one, angle, far, step) => at.set(one, { x: WIDTH / 2 + Math.cos(angle) * far * (step === 1 ? 1.12 : 1.45), y: HEIGHT / 2 + Math.sin(angle) * far, left: Math.cos(angle) < 0, step });
    let turned = -Math.PI / 2;
    for (const one of first) {
      const share = (weight(one) / total) * 2 * Math.PI;
      put(one, turned + share / 2, first.length > 12 ? 165 : 140, 1);
      below.get(one).forEach((two, n, list) => put(two, turned + (share * (n + 0.5)) / list.length, 275, 2));
      turned += share;
    }
    for (const left of [true, false]) {
      for (const step of [1, 2]) {
        const side = [...at.values()].filter((p) => p.left === left && p.step === step).sort((a, b) => a.y - b.y);
        spread(side, 20, HEIGHT - 20, GAPS[step]);
      }
    }
    return at;
  }
  function spread(side, top, bottom, gap) {
    side.forEach((p, n) => { p.y = Math.max(p.y, n ? side[n - 1].y + gap : top); });
    const over = side.length ? side.at(-1).y - bottom : 0;
    if (over > 0) {
      side.at(-1).y = bottom;
      for (let n = side.length - 2; n >= 0; n--) side[n].y = Math.min(side[n].y, side[n + 1].y - gap);
    }
  }

  function draw(middle, names, next) {
    const near = around(middle, next);
    const at = layout(near);
    at.set(middle, { x: WIDTH / 2, y: HEIGHT / 2, step: 0 });
    const line = (a, b, kind) => svg("path", { class: `edge ${kind}`, d: `M${Math.round(at.get(a).x)} ${Math.round(at.get(a).y)} ${Math.round(at.get(b).x)} ${Math.round(at.get(b).y)}` });
    const edges = [];
    for (const a of near.near) {
      for (const b of next.get(a) ?? []) {
        if (a < b && near.near.has(b)) {
          const tree = a === middle || b === middle || near.below.get(a)?.includes(b) || near.below.get(b)?.includes(a);
          edges.push(line(a, b, a === middle || b === middle ? "first" : tree ? "second" : "across"));
        }
      }
    }
    edges.sort((a, b) => (a.getAttribute("class") < b.getAttribute("class") ? -1 : 1));
    const nodes = [...at].sort((a, b) => b[1].step - a[1].step).map(([one, p]) => node(names[one], p));
    return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "graph", "aria-hidden": "true", focusable: "false" }, ...edges, ...nodes);
  }
  function drawNarrow(middle, names, next) {
    const first = (next.get(middle) ?? []).slice(0, MOST_FIRST);
    const half = Math.ceil(first.length / 2);
    const height = half * 40 + 30;
    const at = first.map((one, n) => ({ one, x: n < half ? 142 : NARROW - 142, y: 30 + 40 * (n % half), left: n < half, step: 1 }));
    const edges = at.map((p) => svg("path", { class: "edge first", d: `M${NARROW / 2} ${height / 2} ${p.x} ${p.y}` }));
    return svg("svg", { viewBox: `0 0 ${NARROW} ${height}`, class: "graph narrow-graph", "aria-hidden": "true", focusable: "false" }, ...edges,
      ...at.map((p) => node(names[p.one], p, NARROW)), svg("circle", { class: "middle", cx: NARROW / 2, cy: height / 2, r: 8 }));
  }
  function node([label, path, kind], { x, y, left, step }, width = WIDTH) {
    const [px, py] = [Math.round(x), Math.round(y)];
    const far = width === NARROW ? 0 : { 1: 200, 2: 0 }[step]; // up to the second ring
    const most = Math.floor((far || (left ? px : width - px) - 14) / (width === NARROW ? 6.6 : step === 1 ? 8.5 : 7)); // characters up to the edge
    if (step === 0) return svg("g", {}, svg("circle", { class: "middle", cx: px, cy: py, r: 9 }), svg("text", { class: "name middle", x: px, y: py - 16 }, cut(label, 40)));
    return svg("a", { href: `#${encodeURIComponent(path)}`, tabindex: "-1" }, svg("title", {}, label),
      svg("circle", { class: `node ${rad.kinds[kind]}`, cx: px, cy: py, r: step === 1 ? 6 : 4.5 }),
      ...breakLabel(label, most, width === NARROW || step === 1 ? 2 : 1).map((line, n, lines) => svg("text", { class: `name ${left ? "left" : "right"} step${step}`, x: left ? px - 11 : px + 11, y: py + 4 + LINE[step] * n - (lines.length > 1 ? 6 : 0) }, line)));
  }

  function list(middle, names, next) {
    const { first, below } = around(middle, next);
    return [make("h2", {}, "The same as a list"), make("ul", { class: "neighbours" }, ...first.map((one) => {
      const more = below.get(one).flatMap((two, n) => (n ? [", ", link(names[two])] : [link(names[two])]));
      const move = make("a", { class: "compare", href: `#${encodeURIComponent(names[one][1])}` }, "to the middle", make("span", { class: "unseen" }, `: ${names[one][0]}`));
      return make("li", {}, link(names[one]), " ", move, ...(more.length ? [make("div", { class: "more" }, "→ ", ...more)] : []));
    }))];
  }

  async function show() {
    const [names, pairs] = await Promise.all([rad.load("names"), rad.load("pairs")]);
    const next = new Map();
    const join = (a, b) => (next.has(a) ? next.get(a).push(b) : next.set(a, [b]));
    for (let n = 0; n < pairs.length; n += 2) { join(pairs[n], pairs[n + 1]); join(pairs[n + 1], pairs[n]); }
    for (const others of next.values()) others.sort((a, b) => a - b);
    let path = "";
    try { path = decodeURIComponent(location.hash.slice(1)); } catch { /* no such concept */ }
    let middle = names.findIndex((row) => row[1] === path);
    if (!path) middle = [...next].reduce((best, [one, others]) => (others.length > (next.get(best)?.length ?? 0) ? one : best), -1);
    const drawing = byId("drawing"), status = byId("graph-status");
    if (middle < 0 || !next.has(middle)) {
      drawing.replaceChildren();
      byId("same").replaceChildren();
      status.textContent = middle < 0 ? "Choose a diagnosis to begin." : `${names[middle][0]} has no differential in these notes.`;
      return;
    }
    const { first, many, hidden } = around(middle, next);
    status.replaceChildren(link(names[middle]), ` · ${first.length} ${first.length === 1 ? "differential" : "differentials"}, ${many} more one step on${hidden ? `, ${hidden} not drawn` : ""}. Solid: has a note; hollow: named only.`);
    drawing.replaceChildren(matchMedia("(max-width: 640px)").matches ? drawNarrow(middle, names, next) : draw(middle, names, next));
    byId("same").replaceChildren(...list(middle, names, next));
  }
  rad.attach(byId("add"), byId("add-found"), { take: (row) => { byId("add").value = ""; location.hash = encodeURIComponent(row[1]); } });
  addEventListener("hashchange", show);
  matchMedia("(max-width: 640px)").addEventListener("change", show);
  show();
})();
