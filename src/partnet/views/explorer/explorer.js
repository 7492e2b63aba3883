// The explorer of partnet. No library, no request: everything it shows stands in this page.
"use strict";
const $ = (id) => document.getElementById(id);
const PAGE = 50, MOST_LABELS = 60, SPAN = 2000;
let D, N, contexts, partners, T, shown, measure, order, fold;

// -- small helpers ---------------------------------------------------------------------------------
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "click") node.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}
const say = (number, one, many) => number.toLocaleString("en-US") + " " + (number === 1 ? one : many || one + "s");
const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const MONTHS = "January February March April May June July August September October November December".split(" ");
const sayDate = (date) => (date ? MONTHS[(date % 100) - 1] + " " + Math.floor(date / 100) : "no date on file");
const sayStrength = (s) => (s < 0 ? "strength not given" : "strength " + s + " %");
const countyOf = (o) => (D.county[o] < 0 ? "county not known" : sayCounty(D.county[o]));
const sayCounty = (c) => D.counties[c][1] + (D.counties[c][2] ? ", " + D.counties[c][2] : "");

// -- state: everything a bookmark holds --------------------------------------------------------------
const state = { view: "net", org: -1, county: -1, to: -1, size: 0, hide: false, page: 0, kind: new Set(), sector: new Set(), place: new Set(), service: new Set(), relation: new Set(), strength: new Set(), wave: -1 };
const trail = [];
let zoom = 1, panX = 0, panY = 0, hover = -1, path = [], morph = 1, drawn = [];

function writeHash() {
  const parts = [];
  const put = (key, value) => value !== "" && parts.push(key + "=" + encodeURIComponent(value));
  put("view", state.view === "net" ? "" : state.view);
  put("org", state.org < 0 ? "" : D.ids[state.org]);
  put("county", state.county < 0 ? "" : D.counties[state.county][0]);
  put("to", state.to < 0 ? "" : D.ids[state.to]);
  put("size", state.size ? D.measures[state.size][0] : "");
  put("hide", state.hide ? "convener" : "");
  put("kind", [...state.kind].map((k) => D.kinds[k]).join("|"));
  put("sector", [...state.sector].join("|"));
  put("place", [...state.place].map((c) => D.counties[c][0]).join("|"));
  put("relation", sameRelations() ? "" : [...state.relation].map((r) => D.relations[r][0]).join("|") || "none");
  put("service", [...state.service].map((k) => D.services[k]).join("|"));
  put("strength", [...state.strength].join("|"));
  put("wave", state.wave === D.waves.length - 1 || state.wave < 0 ? "" : D.waves[state.wave]);
  return parts.join("&");
}
function keepHash() {
  const hash = writeHash();
  if (location.hash.slice(1) === hash) return;
  try { history.replaceState(null, "", "#" + hash); } catch (refused) { /* a sandboxed frame has no history */ }
}
function readHash(text) {
  const found = new Map();
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    try { if (at > 0) found.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1))); } catch (broken) { /* not ours */ }
  }
  const get = (key) => found.get(key) || "";
  const set = (key, names) => new Set(get(key).split("|").map((name) => names.indexOf(name)).filter((k) => k >= 0));
  const codes = D.counties.map((county) => county[0]);
  state.view = get("view") === "map" ? "map" : "net";
  state.org = D.ids.indexOf(get("org"));
  state.county = codes.indexOf(get("county"));
  state.to = D.ids.indexOf(get("to"));
  state.size = Math.max(0, D.measures.findIndex((m) => m[0] === get("size")));
  state.hide = get("hide") === "convener" && D.convener >= 0;
  state.kind = set("kind", D.kinds);
  state.sector = set("sector", D.sectors.map((_, k) => String(k)));
  state.place = set("place", codes);
  state.relation = get("relation") ? set("relation", D.relations.map((r) => r[0])) : new Set(working());
  state.service = set("service", D.services);
  state.strength = set("strength", STRENGTHS.map((_, k) => String(k)));
  state.wave = D.waves.indexOf(get("wave"));
  if (state.wave < 0) state.wave = D.waves.length - 1;
}
const STRENGTHS = ["up to 33 %", "34 to 66 %", "67 % and more", "not given"];
const stepOf = (s) => (s < 0 ? 3 : s <= 33 ? 0 : s <= 66 ? 1 : 2);
const working = () => D.relations.map((r, k) => (r[2] ? k : -1)).filter((k) => k >= 0);
const sameRelations = () => working().length === state.relation.size && working().every((k) => state.relation.has(k));

// -- the ties that the filters leave ------------------------------------------------------------------
function unpack() {
  N = D.names.length;
  const packed = D.ties, total = packed.step.length;
  const column = (values) => (typeof values === "number" ? new Array(total).fill(values) : values);
  T = { a: [], b: [], relation: column(packed.relation), strength: column(packed.strength), date: column(packed.date), way: column(packed.way), waves: column(packed.waves) };
  let row = 0;
  packed.count.forEach((count, a) => {
    let b = a;
    for (let k = 0; k < count; k++) { b += packed.step[row]; T.a.push(a); T.b.push(b); row++; }
  });
  fold = D.names.map((name, o) => " " + plain(name + " " + D.ids[o] + " " + (D.county[o] < 0 ? "" : D.counties[D.county[o]][1])));
}
function isShown(o) {
  return (!state.kind.size || state.kind.has(D.kind[o])) && (!state.sector.size || state.sector.has(D.sector[o])) &&
    (!state.place.size || state.place.has(D.county[o])) && (!state.service.size || D.offers[o].some((k) => state.service.has(k))) && !(state.hide && o === D.convener) &&
    ((D.present[o] >> state.wave) & 1 || D.waves.length < 2);
}
function applyFilters() {
  shown = new Uint8Array(N);
  for (let o = 0; o < N; o++) shown[o] = isShown(o) ? 1 : 0;
  partners = Array.from({ length: N }, () => new Map());
  for (let t = 0; t < T.a.length; t++) {
    const a = T.a[t], b = T.b[t];
    if (!shown[a] || !shown[b] || !state.relation.has(T.relation[t]) || (state.strength.size && !state.strength.has(stepOf(T.strength[t]))) || !((T.waves[t] >> state.wave) & 1)) continue;
    for (const [one, other] of [[a, b], [b, a]]) {
      const rows = partners[one].get(other);
      if (rows) rows.push(t); else partners[one].set(other, [t]);
    }
  }
  measure = D.measures[state.size][1];
  order = [...Array(N).keys()].filter((o) => shown[o]).sort((a, b) => measure[b] - measure[a] || a - b);
  path = state.org >= 0 && state.to >= 0 ? findPath(state.org, state.to) : [];
}
const strongest = (rows) => rows.reduce((most, t) => Math.max(most, T.strength[t]), -1);
const newest = (rows) => rows.reduce((most, t) => Math.max(most, T.date[t]), 0);
function listPartners(o) {
  return [...partners[o]].sort(([a, x], [b, y]) => strongest(y) - strongest(x) || newest(y) - newest(x) || a - b);
}
function findPath(from, to) {
  const before = new Int32Array(N).fill(-1), queue = [from];
  before[from] = from;
  for (let k = 0; k < queue.length && before[to] < 0; k++) {
    for (const [next] of listPartners(queue[k])) if (before[next] < 0) { before[next] = queue[k]; queue.push(next); }
  }
  if (before[to] < 0 || !shown[from] || !shown[to]) return [];
  const way = [to];
  while (way[0] !== from) way.unshift(before[way[0]]);
  return way;
}

// -- the picture -------------------------------------------------------------------------------------
const canvas = $("canvas"), context = canvas.getContext("2d");
const SHAPES = {
  s: [4, 45], D: [4, 0], p: [5, -90], "^": [3, -90], v: [3, 90], h: [6, -90],
};
function outline(marker, x, y, r) {
  const points = [];
  const at = (angle, away) => points.push([x + away * Math.cos(angle * Math.PI / 180), y + away * Math.sin(angle * Math.PI / 180)]);
  if (marker === "*") for (let k = 0; k < 10; k++) at(k * 36 - 90, k % 2 ? r * 0.5 : r * 1.25);
  else if (marker === "X") for (let k = 0; k < 4; k++) { at(k * 90 + 25, r * 1.15); at(k * 90 + 65, r * 1.15); at(k * 90 + 90, r * 0.45); }
  else { const [n, turn] = SHAPES[marker]; for (let k = 0; k < n; k++) at(turn + k * 360 / n, r * (n < 5 ? 1.2 : 1.1)); }
  return points;
}
class CanvasPen {
  constructor(target) { this.c = target; }
  poly(rings, fill, stroke, width) {
    const c = this.c; c.beginPath();
    for (const ring of rings) { ring.forEach(([x, y], k) => (k ? c.lineTo(x, y) : c.moveTo(x, y))); c.closePath(); }
    if (fill) { c.fillStyle = fill; c.fill("evenodd"); }
    if (stroke) { c.strokeStyle = stroke; c.lineWidth = width; c.stroke(); }
  }
  circle(x, y, r, fill, stroke, width) {
    const c = this.c; c.beginPath(); c.arc(x, y, r, 0, 7);
    if (fill) { c.fillStyle = fill; c.fill(); }
    if (stroke) { c.strokeStyle = stroke; c.lineWidth = width; c.stroke(); }
  }
  lines(curves, stroke, width, alpha, dash) {
    const c = this.c; c.save(); c.globalAlpha = alpha; c.strokeStyle = stroke; c.lineWidth = width; c.setLineDash(dash); c.beginPath();
    for (const [x1, y1, x2, y2, qx, qy] of curves) { c.moveTo(x1, y1); if (qx === undefined) c.lineTo(x2, y2); else c.quadraticCurveTo(qx, qy, x2, y2); }
    c.stroke(); c.restore();
  }
  fade(alpha) { this.c.globalAlpha = alpha; }
  text(x, y, words, bold, ink, halo) {
    const c = this.c; c.font = font(bold); c.lineJoin = "round"; c.textBaseline = "middle"; c.strokeStyle = halo; c.lineWidth = 3.5; c.strokeText(words, x, y); c.fillStyle = ink; c.fillText(words, x, y);
  }
}
class SvgPen {
  constructor() { this.out = []; this.alpha = 1; }
  add(tag, attributes, words) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, typeof value === "number" ? +value.toFixed(1) : value);
    if (this.alpha < 1) node.setAttribute("opacity", this.alpha);
    if (words !== undefined) node.textContent = words;
    this.out.push(node);
  }
  paint(fill, stroke, width) { return { fill: fill || "none", stroke: stroke || "none", "stroke-width": width || 0 }; }
  poly(rings, fill, stroke, width) { this.add("path", { d: rings.map((ring) => "M" + ring.map(([x, y]) => x.toFixed(1) + " " + y.toFixed(1)).join("L") + "Z").join(""), "fill-rule": "evenodd", ...this.paint(fill, stroke, width) }); }
  circle(x, y, r, fill, stroke, width) { this.add("circle", { cx: x, cy: y, r, ...this.paint(fill, stroke, width) }); }
  lines(curves, stroke, width, alpha, dash) {
    const d = curves.map(([x1, y1, x2, y2, qx, qy]) => "M" + x1.toFixed(1) + " " + y1.toFixed(1) + (qx === undefined ? "L" : "Q" + qx.toFixed(1) + " " + qy.toFixed(1) + " ") + x2.toFixed(1) + " " + y2.toFixed(1)).join("");
    if (d) this.add("path", { d, fill: "none", stroke, "stroke-width": String(width), "stroke-opacity": String(alpha), "stroke-dasharray": dash.join(" ") || "none" });
  }
  fade(alpha) { this.alpha = alpha; }
  text(x, y, words, bold, ink, halo) { this.add("text", { x, y, "font-family": "DejaVu Sans, sans-serif", "font-size": 12, "font-weight": bold ? 700 : 400, "dominant-baseline": "middle", fill: ink, stroke: halo, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" }, words); }
}
const font = (bold) => (bold ? "700" : "400") + " 12px \"Segoe UI\", system-ui, \"DejaVu Sans\", sans-serif";
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

function frame() {
  const width = canvas.clientWidth, height = canvas.clientHeight, edge = 24;
  const land = state.view === "map" ? boundsOfMap : boundsOfNet;
  const scale = Math.max(0.001, Math.min((width - 2 * edge) / Math.max(land[2] - land[0], 1), (height - 2 * edge) / Math.max(land[3] - land[1], 1)));
  return { width, height, scale: scale * zoom, x: width / 2 + panX - ((land[0] + land[2]) / 2) * scale * zoom, y: height / 2 + panY - ((land[1] + land[3]) / 2) * scale * zoom };
}
let boundsOfNet, boundsOfMap, diskHeads = [], busy = false, resting = 0;
// While a large picture is moved its lines are left out, so that the hand is not slowed down.
function drawMoving() {
  if (T.a.length > 4000) { busy = true; clearTimeout(resting); resting = setTimeout(() => { busy = false; draw(); }, 160); }
  draw();
}
function bound(xs, ys) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < xs.length; k++) if (xs[k] !== null) { box[0] = Math.min(box[0], xs[k]); box[1] = Math.min(box[1], ys[k]); box[2] = Math.max(box[2], xs[k]); box[3] = Math.max(box[3], ys[k]); }
  return box[0] < Infinity ? box : [0, 0, SPAN, SPAN];
}
function placeAll(f) {
  const from = state.view === "map" ? D.net : D.map, to = state.view === "map" ? D.map : D.net;
  const xy = new Float64Array(2 * N).fill(NaN);
  for (let o = 0; o < N; o++) {
    if (to.x[o] === null) continue;
    const fromX = from.x[o] === null ? to.x[o] : from.x[o], fromY = from.y[o] === null ? to.y[o] : from.y[o];
    xy[2 * o] = f.x + f.scale * (to.x[o] * morph + fromX * (1 - morph));
    xy[2 * o + 1] = f.y + f.scale * (to.y[o] * morph + fromY * (1 - morph));
  }
  return xy;
}
let radii = [];
const radiusOf = (o) => radii[o];
function radiusAlone(o) {
  const room = 0.24 * Math.sqrt((canvas.clientWidth * canvas.clientHeight) / 2 / Math.max(N, 1));
  const base = Math.min(state.view === "map" ? 3.2 : 4.5, Math.max(0.8, room)), most = radiusOf.most;
  return (base + base * (N > 1000 ? 0.9 : 1.8) * Math.sqrt(Math.max(0, measure[o]) / most)) * Math.min(N > 1000 ? 4 : 2.2, Math.max(1, Math.sqrt(zoom)));
}
// Marks that would cover each other share the room between them; the zoom gives it back.
function fitRadii(xy) {
  const alone = Float64Array.from({ length: N }, (_, o) => radiusAlone(o)), fit = alone.slice(), cells = new Map();
  const side = 2 * alone.reduce((a, b) => Math.max(a, b), 1), cell = (o, i = 0, j = 0) => (Math.floor(xy[2 * o] / side) + i) * 65536 + Math.floor(xy[2 * o + 1] / side) + j;
  const least = Math.min(2, 0.5 * alone.reduce((a, b) => Math.min(a, b), 2));
  for (const o of order) {
    if (xy[2 * o] !== xy[2 * o]) continue;
    for (let i = -1; i < 2; i++) for (let j = -1; j < 2; j++) for (const other of cells.get(cell(o, i, j)) || []) {
      const share = Math.max(0, Math.hypot(xy[2 * o] - xy[2 * other], xy[2 * o + 1] - xy[2 * other + 1]) - 1) / (alone[o] + alone[other]);
      for (const one of [o, other]) fit[one] = Math.min(fit[one], Math.max(least, alone[one] * share));
    }
    if (cells.has(cell(o))) cells.get(cell(o)).push(o); else cells.set(cell(o), [o]);
  }
  return fit;
}
function paint(pen, f) {
  const ink = color("ink"), paper = color("paper"), rim = color("rim"), accent = color("accent");
  const xy = placeAll(f), lit = state.org >= 0 && shown[state.org] ? new Set([state.org, ...partners[state.org].keys()]) : null;
  radiusOf.most = Math.max(1, ...[0], measure.reduce((a, b) => Math.max(a, b), 0));
  radii = fitRadii(xy);
  pen.fade(1);
  if (state.view === "map") paintLand(pen, f);
  else for (const [x, y, r] of D.net.discs) pen.circle(f.x + f.scale * x, f.y + f.scale * y, f.scale * r, color("soft"), color("line"), 1);
  if (!busy) paintTies(pen, xy, lit, accent);
  for (let k = order.length - 1; k >= 0; k--) {
    const o = order[k], x = xy[2 * o], y = xy[2 * o + 1];
    if (x !== x || x < -20 || y < -20 || x > f.width + 20 || y > f.height + 20) continue;
    pen.fade(lit && !lit.has(o) && !path.includes(o) ? 0.2 : 1);
    paintMark(pen, o, x, y, radiusOf(o), paper, rim, ink);
  }
  pen.fade(1);
  paintNames(pen, f, xy, lit, ink, paper);
}
function paintMark(pen, o, x, y, r, paper, rim, ink) {
  const [, fill, marker] = D.sectors[D.sector[o]], outside = contexts.has(o);
  const inner = outside ? paper : fill, stroke = outside ? fill : rim, width = Math.min(outside ? 1.6 : 0.8, r / 3);
  if (state.view === "map") pen.circle(x, y, r + 1.4, paper);
  if (marker === "o") pen.circle(x, y, r, inner, stroke, width);
  else pen.poly([outline(marker, x, y, r)], inner, stroke, width);
  if (o === D.convener) pen.circle(x, y, r + 4, null, ink, 1.4);
  if (o === state.org) pen.circle(x, y, r + 5, null, color("accent"), 3);
}
function paintLand(pen, f) {
  const line = color("line"), far = color("soft");
  for (const [county, step, rings] of D.map.outlines) {
    const drawnRings = rings.map((ring) => { let x = 0, y = 0; const points = []; for (let k = 0; k < ring.length; k += 2) { x += ring[k]; y += ring[k + 1]; points.push([f.x + f.scale * x, f.y + f.scale * y]); } return points; });
    const fill = step === -2 ? far : step < 0 ? color("paper") : D.map.steps[step][1];
    pen.poly(drawnRings, fill, county === state.county ? color("ink") : line, county === state.county ? 3 : 0.7);
  }
}
function paintTies(pen, xy, lit, accent) {
  const curves = [[], [], []], bright = [[], [], []], arc = state.view === "map";
  drawn = [];
  for (let a = 0; a < N; a++) for (const [b, rows] of partners[a]) {
    if (b < a || xy[2 * a] !== xy[2 * a] || xy[2 * b] !== xy[2 * b]) continue;
    drawn.push([a, b]);
    const [x1, y1, x2, y2] = [xy[2 * a], xy[2 * a + 1], xy[2 * b], xy[2 * b + 1]];
    const curve = arc ? [x1, y1, x2, y2, (x1 + x2) / 2 - 0.16 * (y2 - y1), (y1 + y2) / 2 + 0.16 * (x2 - x1)] : [x1, y1, x2, y2];
    const s = strongest(rows), bucket = s > 66 ? 2 : s > 33 ? 1 : 0;
    (a === state.org || b === state.org ? bright : curves)[bucket].push(curve);
  }
  const tie = color("tie"), dash = D.affinity ? [4, 3] : [], thin = Math.min(1, Math.max(0.35, Math.sqrt(600 / (drawn.length + 1))));
  const alpha = Math.min(0.7, Math.max(0.05, 13 / Math.sqrt(drawn.length + 1))) * (lit ? 0.25 : 1);
  [0.8, 1.5, 2.5].forEach((width, k) => { pen.lines(curves[k], tie, width * thin, alpha, dash); pen.lines(bright[k], accent, width + 0.4, 0.85, dash); });
  const steps = path.slice(1).map((o, k) => [xy[2 * path[k]], xy[2 * path[k] + 1], xy[2 * o], xy[2 * o + 1]]);
  if (steps.length) pen.lines(steps.filter((s) => s.every((v) => v === v)), color("ink"), 4, 0.9, []);
}
function paintNames(pen, f, xy, lit, ink, paper) {
  const heads = lit || state.view === "map" ? [] : diskHeads;
  const first = [hover, state.org, ...path, ...(lit && state.org >= 0 ? listPartners(state.org).map(([o]) => o) : []), D.convener, ...heads, ...order];
  const boxes = [], seen = new Set(), marks = order.filter((o) => !lit || lit.has(o)).map((o) => [xy[2 * o], xy[2 * o + 1]]).filter(([x]) => x === x);
  const covered = (b) => marks.reduce((all, [x, y]) => all + (x > b[0] && x < b[2] && y > b[1] && y < b[3] ? 1 : 0), 0);
  context.font = font(false);
  for (const o of first) {
    if (boxes.length >= MOST_LABELS || seen.size > 400) break;
    if (o < 0 || seen.has(o) || !shown[o] || (lit && !lit.has(o) && o !== hover && !path.includes(o))) continue;
    seen.add(o);
    const x = xy[2 * o], y = xy[2 * o + 1], r = radiusOf(o) + 4;
    if (x !== x || x < 0 || y < 0 || x > f.width || y > f.height) continue;
    const words = D.names[o].length > 42 ? D.names[o].slice(0, 40) + "…" : D.names[o];
    const width = context.measureText(words).width * (o === state.org ? 1.1 : 1) + 4, must = o === hover || o === state.org;
    const spots = [[x + r, y], [x - r - width, y], [x - width / 2, y - r - 6], [x - width / 2, y + r + 6]];
    let best = null, least = must ? Infinity : heads.length && seen.size <= 40 ? 60 : seen.size <= 14 ? 4 : 1;
    spots.forEach(([left, middle]) => {
      const box = [left - 2, middle - 9, left + width, middle + 9];
      const inside = box[0] >= 0 && box[2] <= f.width && box[1] >= 0 && box[3] <= f.height;
      const taken = boxes.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
      const cost = covered(box) + (inside && !taken ? 0 : must ? 50 : Infinity);
      if (cost < least) { least = cost; best = [box, left, middle]; }
    });
    if (best) { boxes.push(best[0]); pen.text(best[1], best[2], words, o === state.org || path.includes(o), ink, paper); }
  }
}
let waiting = false;
function draw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const f = frame(), ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(f.width * ratio) || canvas.height !== Math.round(f.height * ratio)) { canvas.width = Math.round(f.width * ratio); canvas.height = Math.round(f.height * ratio); }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, f.width, f.height);
    paint(new CanvasPen(context), f);
  });
}
function moveTo(view) {
  if (state.view === view) return;
  state.view = view; zoom = 1; panX = panY = 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || N > 1500;
  const start = performance.now();
  const step = (now) => { morph = still ? 1 : Math.min(1, (now - start) / 350); draw(); if (morph < 1) requestAnimationFrame(step); };
  morph = 0;
  requestAnimationFrame(step);
}
function hit(event) {
  const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top, xy = placeAll(frame());
  let best = -1, least = 14;
  for (const o of order) { const away = Math.hypot(xy[2 * o] - x, xy[2 * o + 1] - y); if (away < least) { least = away; best = o; } }
  return best;
}
function hitCounty(event) {
  if (state.view !== "map") return -1;
  const f = frame(), box = canvas.getBoundingClientRect(), x = (event.clientX - box.left - f.x) / f.scale, y = (event.clientY - box.top - f.y) / f.scale;
  for (const [county, , rings] of D.map.outlines) {
    let inside = false;
    for (const ring of rings) {
      let px = ring[0], py = ring[1];
      for (let k = 2; k < ring.length; k += 2) { const qx = px + ring[k], qy = py + ring[k + 1]; if (py > y !== qy > y && x < px + ((y - py) / (qy - py)) * (qx - px)) inside = !inside; px = qx; py = qy; }
    }
    if (inside) return county;
  }
  return -1;
}

// -- choosing somebody -----------------------------------------------------------------------------
function choose(o, options) {
  const { focus, back } = options || {};
  if (state.org >= 0 && state.org !== o && !back) trail.push(state.org);
  state.org = o; state.county = -1; state.to = -1;
  applyFilters(); showPanel(); markRow(); draw(); keepHash();
  $("live").textContent = o < 0 ? "Nobody is chosen." : hear(o);
  if (focus && $("panel-name")) $("panel-name").focus();
}
function chooseCounty(c) {
  state.county = c; state.org = -1; state.to = -1;
  applyFilters(); showPanel(); draw(); keepHash();
  $("live").textContent = sayCounty(c) + ".";
  $("panel-name").focus();
}
function hear(o) {
  const all = listPartners(o), near = all.slice(0, 3).map(([p]) => D.names[p]).join(", ");
  return D.names[o] + ", " + D.kinds[D.kind[o]] + ", " + countyOf(o) + ", " + say(all.length, "partner") + (near ? ": " + near + (all.length > 3 ? " and others" : "") : "") + ".";
}
const go = (o, focus) => el("a", { href: "#org=" + encodeURIComponent(D.ids[o]), click: (event) => { event.preventDefault(); choose(o, { focus: focus !== false }); } }, D.names[o]);
const goCounty = (c) => el("a", { href: "#county=" + D.counties[c][0], click: (event) => { event.preventDefault(); chooseCounty(c); } }, sayCounty(c));
const item = (...children) => el("li", null, ...children);

function sayMeasure(k, o) {
  const [label, values] = D.measures[k];
  return label + ": " + (label.startsWith("Dollars") ? "$" : "") + values[o].toLocaleString("en-US") + (label === "Betweenness" ? " per 10,000 shortest paths" : "");
}
function showPanel() {
  const panel = $("panel");
  panel.replaceChildren();
  if (state.org >= 0) showProfile(panel, state.org);
  else if (state.county >= 0) showCounty(panel, state.county);
  else {
    panel.append(el("h2", { id: "panel-name", tabindex: -1 }, "Whom to look at"), el("p", null, "Search a name, press one in the picture, or start with the " + (D.affinity ? "first:" : "most connected:")));
    panel.append(el("ul", null, ...order.slice(0, 8).map((o) => item(go(o), " – " + (D.affinity ? (state.size ? sayMeasure(state.size, o) : "in common with " + measure[o]) : say(partners[o].size, "partner"))))));
  }
}
function sayRelation(t, o) {
  const label = D.relations[T.relation[t]][1], way = T.way[t];
  const from = way === 0 ? "" : (way === 1) === (T.a[t] === o) ? " (to it)" : " (from it)";
  return label + from + ", " + sayStrength(T.strength[t]) + ", " + sayDate(T.date[t]);
}
function showTold(panel, told, o, id, title) {
  const own = told.find((row) => row[0] === o);
  if (!own) return;
  panel.append(el("h3", { id }, title));
  panel.append(el("ul", null, ...own.slice(1).map((line) => item(line))));
}

function showProfile(panel, o) {
  const all = listPartners(o);
  panel.append(el("h2", { id: "panel-name", tabindex: -1 }, D.names[o]));
  panel.append(el("p", { class: "quiet" }, D.kinds[D.kind[o]] + " · ", D.county[o] < 0 ? "county not known" : goCounty(D.county[o]), contexts.has(o) ? " · neighbor, kept as context" : "", o === D.convener ? " · convener" : ""));
  if (!shown[o]) panel.append(el("p", { class: "note" }, "The filters hide it in the picture."));
  panel.append(el("p", null, D.measures.map((_, k) => sayMeasure(k, o)).join(" · ")));
  panel.append(el("h3", { id: "partners" }, D.affinity ? "Most in common with (" + all.length + ")" : "Partners on file (" + all.length + ")"));
  panel.append(all.length ? more(all.map(([p, rows]) => item(go(p), el("br"), el("small", null, rows.map((t) => sayRelation(t, o)).join("; "))))) : el("p", null, "No tie on file with the filters chosen."));
  showGaps(panel, D.gaps.rows.filter((row) => row[0] === o || row[1] === o), o);
  showTold(panel, D.voices, o, "voices", "Whom it speaks for");
  showTold(panel, D.trust, o, "trust", "Value and trust, as partners rate it");
  const advice = D.advice.filter((row) => row[0] === o);
  if (advice.length) {
    panel.append(el("h3", { id: "approach" }, "Whom to approach, and why"));
    panel.append(el("ul", null, ...advice.map(([, p, through, words]) => item(go(p), through >= 0 ? " – through " : "", through >= 0 ? go(through) : "", el("br"), el("small", null, words)))));
  }
  showPath(panel, o);
}
function more(items) {
  const list = el("ul", null, ...items.slice(0, 12));
  if (items.length <= 12) return list;
  const button = el("button", { type: "button", click: () => { const at = list.children.length; list.append(...items.slice(12)); button.remove(); list.children[at].querySelector("a,button").focus(); } }, "Show all " + items.length);
  return el("div", null, list, button);
}
const urgency = (severity) => (severity >= 60 ? "high" : severity >= 30 ? "middle" : "low");
function showGaps(panel, rows, o) {
  if (!D.gaps.rows.length && !rows.length) return;
  panel.append(el("h3", { id: "gaps", tabindex: -1 }, "Gaps (" + rows.length + ")"));
  if (!rows.length) { panel.append(el("p", null, "None on file.")); return; }
  panel.append(more(rows.map(([one, other, place, kind, severity, rule, status, evidence, next]) => {
    const side = one === o ? other : one;
    return item(el("strong", null, D.gaps.kinds[kind] + ": " + rule), " – " + status + ", urgency " + urgency(severity) + (side >= 0 && side !== o ? ", with " : ""), side >= 0 && side !== o ? go(side) : "", el("br"), el("small", null, evidence + (evidence ? ". " : ""), el("b", null, "Next: "), next));
  })));
}
function showPath(panel, o) {
  panel.append(el("h3", null, "Path to another organization"));
  const input = el("input", { id: "path-to", type: "text", list: "path-names", autocomplete: "off" });
  const button = el("button", { type: "button", click: () => {
    const text = plain(input.value.trim()), found = D.names.findIndex((name) => plain(name) === text);
    const to = found >= 0 ? found : (search(input.value)[0] ?? -1);
    if (to < 0) { out.textContent = "Nobody of that name is on file."; return; }
    state.to = to; applyFilters(); draw(); keepHash(); tell();
  } }, "Find the path");
  const out = el("div", { role: "status" });
  const tell = () => {
    out.replaceChildren();
    if (state.to < 0) return;
    if (path.length < 2) { out.append(el("p", null, "No path on file to " + D.names[state.to] + " with the filters chosen.")); return; }
    out.append(el("p", null, say(path.length - 1, "step") + " to " + D.names[state.to] + ":"));
    out.append(el("ol", null, ...path.map((p, k) => item(go(p), k ? el("small", null, " – " + partners[path[k - 1]].get(p).map((t) => sayRelation(t, path[k - 1])).join("; ")) : ""))));
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && button.click());
  panel.append(el("label", { for: "path-to" }, "Name"), input, " ", button, out);
  if (state.to >= 0) { input.value = D.names[state.to]; tell(); }
}
function showCounty(panel, c) {
  const here = [...Array(N).keys()].filter((o) => D.county[o] === c);
  panel.append(el("h2", { id: "panel-name", tabindex: -1 }, sayCounty(c)));
  const land = D.map.outlines.find((row) => row[0] === c);
  if (land && D.map.shade) panel.append(el("p", null, D.map.shade + ": " + (land[1] === -2 ? "across the line, not judged" : land[1] < 0 ? "not known" : D.map.steps[land[1]][0])));
  panel.append(el("h3", null, "Organizations (" + here.length + ")"), here.length ? more(here.map((o) => item(go(o), " – " + D.kinds[D.kind[o]]))) : el("p", null, "None on file."));
  showGaps(panel, D.gaps.rows.filter((row) => row[2] === c), -1);
}

// -- the table -------------------------------------------------------------------------------------
function showTable() {
  const pages = Math.max(1, Math.ceil(order.length / PAGE));
  state.page = Math.min(state.page, pages - 1);
  const rows = order.slice(state.page * PAGE, (state.page + 1) * PAGE);
  $("page").textContent = order.length ? "Rows " + (state.page * PAGE + 1) + " to " + (state.page * PAGE + rows.length) + " of " + order.length.toLocaleString("en-US") + ", the largest first by " + D.measures[state.size][0].toLowerCase() + ". A partner's name leads to its row." : "Nobody is left: take away a filter.";
  $("back").disabled = state.page === 0;
  $("next").disabled = state.page >= pages - 1;
  const tied = D.affinity ? "Most in common" : "Partners", head = el("tr", null, ...["Organization", "Kind", "County", tied, "Who they are"].map((name) => el("th", { scope: "col" }, name)));
  const body = rows.map((o) => {
    const links = [];
    for (const [p] of listPartners(o)) links.push(links.length ? "; " : "", el("a", { href: "#row-" + p, "data-to": p }, D.names[p]));
    return el("tr", { id: "row-" + o, class: o === state.org ? "on" : null }, el("th", { scope: "row" }, go(o)), el("td", { "data-name": "Kind" }, D.kinds[D.kind[o]]), el("td", { "data-name": "County" }, countyOf(o)), el("td", { class: "number", "data-name": tied }, String(partners[o].size)), el("td", { "data-name": "Who they are" }, ...(links.length ? links : [D.affinity ? "nothing in common on file" : "no tie on file"])));
  });
  $("table").replaceChildren(el("table", null, el("thead", null, head), el("tbody", null, ...body)));
}
function markRow() {
  for (const row of document.querySelectorAll("#table tr.on")) row.classList.remove("on");
  const row = $("row-" + state.org);
  if (row) row.classList.add("on");
}
function goRow(o) {
  const at = order.indexOf(o);
  if (at < 0) return;
  state.page = Math.floor(at / PAGE);
  if (!$("row-" + o)) showTable();
  choose(o);
  const link = $("row-" + o).querySelector("a");
  link.focus();
  link.scrollIntoView({ block: "center" });
}

// -- search ----------------------------------------------------------------------------------------
function search(text) {
  const words = plain(text).split(/\s+/).filter(Boolean), found = [];
  if (!words.length) return found;
  for (let o = 0; o < N; o++) {
    const name = fold[o];
    let score = 0;
    for (const word of words) { const at = name.indexOf(word); if (at < 0) { score = -1; break; } score += name[at - 1] === " " ? 2 : 1; }
    if (score > 0) found.push([score, o]);
  }
  const degree = D.measures[0][1];
  return found.sort((a, b) => b[0] - a[0] || degree[b[1]] - degree[a[1]] || a[1] - b[1]).slice(0, 20).map(([, o]) => o);
}
function setUpSearch() {
  const input = $("find"), list = $("found");
  let hits = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const take = (o) => { close(); input.value = ""; if (!shown[o]) { resetFilters(); } choose(o, { focus: true }); };
  const mark = () => { [...list.children].forEach((li, k) => li.setAttribute("aria-selected", String(k === at))); if (at >= 0) { input.setAttribute("aria-activedescendant", "hit-" + at); list.children[at].scrollIntoView({ block: "nearest" }); } };
  input.addEventListener("input", () => {
    hits = search(input.value); at = hits.length ? 0 : -1;
    list.replaceChildren(...hits.map((o, k) => { const li = el("li", { id: "hit-" + k, role: "option", "aria-selected": String(k === 0) }, D.names[o], el("small", null, " – " + D.kinds[D.kind[o]] + ", " + countyOf(o))); li.addEventListener("mousedown", (event) => { event.preventDefault(); take(o); }); return li; }));
    list.hidden = !hits.length; input.setAttribute("aria-expanded", String(!list.hidden)); mark();
    $("live").textContent = input.value ? say(hits.length, "organization") + (hits.length === 20 ? " or more" : "") + " found." : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (hits.length) { at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length; mark(); } }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(hits[at]); }
    else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
}

// -- filters ---------------------------------------------------------------------------------------
const CHOICES = ["kind", "sector", "service", "place", "strength"];
function chip(label, on, press) { return el("button", { type: "button", "aria-pressed": String(on), click: press }, label); }
function showChips() {
  const open = document.activeElement && document.activeElement.dataset.key;
  const counts = (values) => values.reduce((all, v) => all.set(v, (all.get(v) || 0) + 1), new Map());
  const field = (name, set, labels, numbers) => {
    const chips = labels.map((label, k) => [label, k, numbers.get(k) || 0]).filter((row) => row[2]).map(([label, k, number]) => {
      const button = chip(label + " (" + number.toLocaleString("en-US") + ")", set.has(k), () => { if (set.has(k)) set.delete(k); else set.add(k); refresh(); });
      button.dataset.key = name + k;
      return button;
    });
    return chips.length > 1 || name === "Relation" && chips.length ? el("fieldset", null, el("legend", null, name), el("div", { class: "chips", tabindex: chips.length > 25 ? 0 : null, role: chips.length > 25 ? "group" : null, "aria-label": chips.length > 25 ? name : null }, ...chips)) : "";
  };
  const waves = D.waves.length > 1 ? el("fieldset", null, el("legend", null, "Wave"), el("div", { class: "chips" }, ...D.waves.map((wave, k) => { const button = chip(wave, state.wave === k, () => { state.wave = k; refresh(); }); button.dataset.key = "Wave" + k; return button; }))) : "";
  $("chips").replaceChildren(...[waves, field("Sector", state.sector, D.sectors.map((s) => s[0]), counts(D.sector)), field("Kind", state.kind, D.kinds, counts(D.kind)), field("Service", state.service, D.services, counts(D.offers.flat())), field("County", state.place, D.counties.map((_, c) => sayCounty(c)), counts(D.county)), field("Relation", state.relation, D.relations.map((r) => r[1]), counts(T.relation)), field("Strength", state.strength, STRENGTHS, counts(T.strength.map(stepOf)))].filter(Boolean));
  if (open) { const again = document.querySelector("[data-key=\"" + CSS.escape(open) + "\"]"); if (again) again.focus(); }
  const chosen = CHOICES.reduce((all, key) => all + state[key].size, 0);
  $("chosen").textContent = chosen || !sameRelations() ? "(" + say(chosen, "chip") + " chosen" + (sameRelations() ? "" : ", relations changed") + ")" : "";
}
function resetFilters() {
  for (const key of CHOICES) state[key].clear();
  state.relation = new Set(working()); state.hide = false; state.wave = D.waves.length - 1;
  refresh();
}
function refresh() {
  state.page = 0;
  applyFilters(); showChips(); showTable(); showPanel(); showKey(); draw(); keepHash();
  const ties = partners.reduce((all, map) => all + map.size, 0) / 2;
  $("count").textContent = say(order.length, "organization") + " of " + N.toLocaleString("en-US") + " and " + (D.affinity ? say(ties, "pair that shares most", "pairs that share most") : say(ties, "tie on file", "ties on file")) + " are shown.";
  $("as-net").setAttribute("aria-pressed", String(state.view === "net"));
  $("as-map").setAttribute("aria-pressed", String(state.view === "map"));
  $("hide").setAttribute("aria-pressed", String(state.hide));
  $("measure").value = String(state.size);
  const lost = state.view === "map" ? order.filter((o) => D.map.x[o] === null).length : 0;
  if (lost) $("count").textContent += " " + say(lost, "organization has", "organizations have") + " no place on this map.";
}
function showKey() {
  const used = new Set(order.map((o) => D.sector[o])), parts = [];
  D.sectors.forEach(([label, fill, marker], k) => used.has(k) && parts.push([label, (c) => paintMarkKey(c, marker, fill)]));
  if (state.view === "map" && D.map.shade) {
    parts.push(["— " + D.map.shade + ":", null]);
    for (const [label, fill] of D.map.steps) parts.push([label, (c) => { c.fillStyle = fill; c.fillRect(0, 2, 18, 12); c.strokeRect(0.5, 2.5, 17, 11); }]);
    parts.push(["not known", (c) => c.strokeRect(0.5, 2.5, 17, 11)]);
  }
  $("key").replaceChildren(...parts.map(([label, brush]) => {
    if (!brush) return el("strong", null, label);
    const swatch = el("canvas", { width: 36, height: 32, "aria-hidden": "true" }), c = swatch.getContext("2d");
    swatch.style.width = "18px"; swatch.style.height = "16px";
    c.scale(2, 2); c.strokeStyle = color("rim"); brush(c);
    return el("span", null, swatch, label);
  }));
}
function paintMarkKey(c, marker, fill) {
  const pen = new CanvasPen(c);
  if (marker === "o") pen.circle(9, 8, 6, fill, color("rim"), 0.8); else pen.poly([outline(marker, 9, 8, 6)], fill, color("rim"), 0.8);
}

// -- files -----------------------------------------------------------------------------------------
function save(name, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}
function makeSvg() {
  const pen = new SvgPen(), f = frame();
  pen.add("rect", { width: f.width, height: f.height, fill: color("paper") });
  paint(pen, f);
  const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  root.setAttribute("viewBox", "0 0 " + f.width + " " + f.height);
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = D.title;
  root.append(title, ...pen.out);
  return new XMLSerializer().serializeToString(root);
}
function setUpViews() {
  const show = () => $("views").replaceChildren(...(D.views.length ? D.views.map(([name, hash]) => item(el("a", { href: "#" + hash, click: (event) => { event.preventDefault(); openView(hash); } }, name))) : [item("None yet.")]));
  $("keep").addEventListener("click", () => { const name = $("view-name").value.trim(); if (!name) { $("view-name").focus(); return; } D.views.push([name, writeHash()]); $("view-name").value = ""; show(); $("live").textContent = "Kept: " + name; });
  $("export").addEventListener("click", () => save("views.toml", new Blob(["# Saved views of the explorer: name = what stands behind # in the address\n[views]\n" + D.views.map(([name, hash]) => JSON.stringify(name) + " = " + JSON.stringify(hash) + "\n").join("")], { type: "text/plain" })));
  show();
}
function openView(hash) {
  readHash(hash); zoom = 1; panX = panY = 0; morph = 1;
  refresh(); markRow();
}

// -- hands and keys --------------------------------------------------------------------------------
function setUpCanvas() {
  const fingers = new Map();
  let moved = 0;
  const scaleAt = (factor, x, y) => {
    const next = Math.min(40, Math.max(0.5, zoom * factor)), ratio = next / zoom, dx = x - canvas.clientWidth / 2 - panX, dy = y - canvas.clientHeight / 2 - panY;
    panX -= dx * (ratio - 1); panY -= dy * (ratio - 1); zoom = next; drawMoving();
  };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, [event.clientX, event.clientY]); moved = 0; });
  canvas.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) { const o = hit(event); if (o !== hover) { hover = o; canvas.style.cursor = o >= 0 ? "pointer" : "grab"; if (N < 1500) draw(); else canvas.title = o >= 0 ? D.names[o] : ""; } return; }
    const [x, y] = fingers.get(event.pointerId);
    const other = [...fingers].find(([id]) => id !== event.pointerId);
    if (other) { const [ox, oy] = other[1], box = canvas.getBoundingClientRect(); scaleAt(Math.hypot(event.clientX - ox, event.clientY - oy) / Math.max(1, Math.hypot(x - ox, y - oy)), (event.clientX + ox) / 2 - box.left, (event.clientY + oy) / 2 - box.top); }
    else { panX += event.clientX - x; panY += event.clientY - y; }
    moved += Math.abs(event.clientX - x) + Math.abs(event.clientY - y);
    fingers.set(event.pointerId, [event.clientX, event.clientY]); drawMoving();
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId) || moved > 6 || event.type !== "pointerup") return;
    const o = hit(event);
    if (o >= 0) choose(o); else { const c = hitCounty(event); if (c >= 0) chooseCounty(c); else choose(-1); }
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); const box = canvas.getBoundingClientRect(); scaleAt(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top); }, { passive: false });
  const middle = () => [canvas.clientWidth / 2, canvas.clientHeight / 2];
  const zoomIn = () => scaleAt(1.4, ...middle()), zoomOut = () => scaleAt(1 / 1.4, ...middle()), fit = () => { zoom = 1; panX = panY = 0; draw(); };
  $("in").addEventListener("click", zoomIn); $("out").addEventListener("click", zoomOut); $("fit").addEventListener("click", fit);
  canvas.addEventListener("keydown", (event) => {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ways[event.key]) walk(ways[event.key]);
    else if (event.key === "Enter") { if ($("panel-name")) $("panel-name").focus(); }
    else if (event.key === "Backspace") { const last = trail.pop(); if (last !== undefined) choose(last, { back: true }); }
    else if (event.key === "Escape") choose(-1);
    else if (event.key === "+" || event.key === "=") zoomIn();
    else if (event.key === "-") zoomOut();
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
}
// From one organization to the partner that lies most nearly in the direction of the arrow.
function walk([dx, dy]) {
  if (state.org < 0 || !shown[state.org]) { if (order.length) choose(order[0]); return; }
  const xy = placeAll(frame()), x = xy[2 * state.org], y = xy[2 * state.org + 1];
  let best = -1, least = Infinity;
  for (const p of partners[state.org].keys()) {
    const px = xy[2 * p] - x, py = xy[2 * p + 1] - y, along = px * dx + py * dy, away = Math.hypot(px, py);
    if (along > 0 && away > 0 && away * (2 - along / away) < least && along / away > 0.38) { least = away * (2 - along / away); best = p; }
  }
  if (best >= 0) choose(best); else $("live").textContent = "No partner of " + D.names[state.org] + " lies that way.";
}
function setUp() {
  unpack();
  contexts = new Set(D.context);
  boundsOfNet = bound(D.net.x, D.net.y);
  for (const [x, y, r] of D.net.discs) boundsOfNet = [Math.min(boundsOfNet[0], x - r), Math.min(boundsOfNet[1], y - r), Math.max(boundsOfNet[2], x + r), Math.max(boundsOfNet[3], y + r)];
  diskHeads = D.net.discs.map(([x, y]) => {
    let best = -1, least = Infinity;
    for (let o = 0; o < N; o++) { const away = Math.hypot(D.net.x[o] - x, D.net.y[o] - y); if (away < least) { least = away; best = o; } }
    return best;
  });
  const land = D.map.outlines.flatMap(([, , rings]) => rings.map((ring) => { let x = 0, y = 0, xs = [], ys = []; for (let k = 0; k < ring.length; k += 2) { x += ring[k]; y += ring[k + 1]; xs.push(x); ys.push(y); } return bound(xs, ys); }));
  boundsOfMap = land.length ? bound(land.flatMap((b) => [b[0], b[2]]), land.flatMap((b) => [b[1], b[3]])) : bound(D.map.x, D.map.y);
  $("measure").append(...D.measures.map(([label], k) => el("option", { value: k }, label)));
  $("hide").hidden = D.convener < 0;
  $("as-map").disabled = !D.map.outlines.length;
  readHash(location.hash.slice(1));
  setUpSearch(); setUpCanvas(); setUpViews();
  $("measure").addEventListener("change", (event) => { state.size = Number(event.target.value); refresh(); });
  $("hide").addEventListener("click", () => { state.hide = !state.hide; refresh(); });
  $("reset").addEventListener("click", resetFilters);
  for (const view of ["net", "map"]) $("as-" + view).addEventListener("click", () => { moveTo(view); refresh(); $("live").textContent = view === "map" ? "County map of " + D.map.title + "." : "Network."; });
  $("back").addEventListener("click", () => { state.page--; showTable(); $("list").focus(); });
  $("next").addEventListener("click", () => { state.page++; showTable(); $("list").focus(); });
  $("table").addEventListener("click", (event) => { const link = event.target.closest("a[data-to]"); if (link) { event.preventDefault(); goRow(Number(link.dataset.to)); } });
  $("png").addEventListener("click", () => canvas.toBlob((blob) => save("network.png", blob)));
  $("svg").addEventListener("click", () => save("network.svg", new Blob([makeSvg()], { type: "image/svg+xml" })));
  $("print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", () => openView(location.hash.slice(1)));
  window.addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { showKey(); draw(); });
  refresh();
  document.documentElement.dataset.ready = "yes";
}
async function start() {
  try {
    const packed = Uint8Array.from(atob($("data").textContent.trim()), (letter) => letter.charCodeAt(0));
    D = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  } catch (old) {
    $("count").textContent = "This browser is too old for the explorer: use Edge, Chrome, Firefox or Safari of 2023 or later.";
    return;
  }
  setUp();
}
start();
