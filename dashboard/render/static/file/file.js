/* The map and the search of a page that is handed over as one file. Nothing is fetched, and every text reaches
   the page through textContent. */
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const page = document.documentElement, box = document.getElementById("map");
  const list = document.querySelector(".list"), told = document.querySelector(".found");
  const entries = [...document.querySelectorAll("details:not(.journey)")], moved = [...document.querySelectorAll("details.journey")];
  const colour = (name) => getComputedStyle(page).getPropertyValue(`--${name}`).trim();

  /* Theme: the reader's, until the button says otherwise. */
  const button = document.querySelector("button"), dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => page.dataset.theme || (dark.matches ? "dark" : "light");
  const dress = () => { button.textContent = theme() === "dark" ? data.words.light : data.words.dark; paint(); };
  button.addEventListener("click", () => { page.dataset.theme = theme() === "dark" ? "light" : "dark"; dress(); });
  dark.addEventListener("change", dress);

  const map = L.map(box, { preferCanvas: true, minZoom: 2, maxZoom: 14, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, attributionControl: false });
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  map.createPane("land").style.zIndex = 200;
  const still = L.canvas({ pane: "land", padding: 0.5 });
  const land = L.layerGroup().addTo(map), signs = L.layerGroup().addTo(map), ways = L.layerGroup().addTo(map), ring = L.layerGroup().addTo(map);
  const places = data.places.map(([name, note, kind, hue, lat, lon, size, radius, depth, faint, code], at) =>
    ({ name, note, kind, hue, lat, lon, size, full: size, radius, depth, faint, code, at, shown: true }));

  /* Rings come as hundredths of a degree, each point as its distance from the one before. */
  const rings = data.land.map(([code, disputed, shapes]) => [code, disputed, shapes.map((polygon) => polygon.map((flat) => {
    let x = 0, y = 0;
    const points = [];
    for (let i = 0; i < flat.length; i += 2) points.push([(y += flat[i + 1]) / 100, (x += flat[i]) / 100]);
    return points;
  }))]);

  function tell(layer, place) {
    layer.bindTooltip(() => {
      const tip = document.createElement("div"), name = document.createElement("b"), note = document.createElement("span");
      [name.textContent, note.textContent, name.dir] = [place.name, place.note, "auto"];
      tip.append(name, note);
      return tip;
    }, { sticky: true, direction: "top", opacity: 1 });
    layer.on("click", () => choose(place, true));
    return layer;
  }

  const Square = L.CircleMarker.extend({ _updatePath() {
    const half = this._radius * 0.88, pen = this._renderer._ctx;
    if (!this._renderer._drawing || this._empty()) return;
    pen.beginPath();
    pen.rect(this._point.x - half, this._point.y - half, 2 * half, 2 * half);
    this._renderer._fillStroke(pen, this);
  } });

  /* Journeys as arcs with a head; bent to the left of who travels, so that ways there and back stay apart. */
  function draw() {
    ways.clearLayers();
    for (const [fromLat, fromLon, toLat, toLon, hue, dash, name, note] of data.arcs) {
      const from = map.latLngToLayerPoint([fromLat, fromLon]), to = map.latLngToLayerPoint([toLat, toLon]), away = to.subtract(from);
      if (!away.x && !away.y) continue;
      const top = L.point((from.x + to.x) / 2 + away.y * 0.3, (from.y + to.y) / 2 - away.x * 0.3), points = [];
      for (let i = 0; i <= 24; i += 1) {
        const t = i / 24, a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
        points.push(L.point(a * from.x + b * top.x + c * to.x, a * from.y + b * top.y + c * to.y));
      }
      const turn = Math.atan2(to.y - top.y, to.x - top.x), wing = (side) => to.add([-9 * Math.cos(turn + side), -9 * Math.sin(turn + side)]);
      const line = (some, extra) => L.polyline(some.map((point) => map.layerPointToLatLng(point)), { color: hue, weight: 2.2, opacity: 0.85, ...extra });
      for (const layer of [line(points, { dashArray: dash || null }), line([wing(0.45), to, wing(-0.45)], {})]) {
        layer.bindTooltip(() => {
          const tip = document.createElement("div"), who = document.createElement("b"), way = document.createElement("span");
          [who.textContent, way.textContent, who.dir] = [name, note, "auto"];
          tip.append(who, way);
          return tip;
        }, { sticky: true, direction: "top", opacity: 1 }).addTo(ways);
      }
    }
    page.dataset.arcs = String(data.arcs.length);
  }

  function paint() {
    land.clearLayers();
    signs.clearLayers();
    const named = new Map(places.filter((p) => p.shown && p.kind === "country").map((p) => [p.code, p]));
    for (const [code, disputed, shape] of rings) {
      L.polygon(shape, { renderer: still, pane: "land", interactive: false, fillColor: colour("land"), fillOpacity: 1, color: colour("border"),
        weight: 0.7, dashArray: disputed ? "3 3" : null }).addTo(land);
      const place = named.get(code);
      if (place) tell(L.polygon(shape, { fillColor: colour("country"), fillOpacity: place.depth, color: colour("country"), weight: 0.7, opacity: 0.6 }), place).addTo(signs);
    }
    for (const p of places) {
      if (!p.shown || p.kind === "country") continue;
      const at = [p.lat, p.lon], hue = p.hue;
      if (!p.size) {
        if (p.radius) tell(L.circle(at, { radius: p.radius * 1000, color: hue, weight: 1.3, dashArray: "1 5", lineCap: "round", fillColor: hue, fillOpacity: p.depth }), p).addTo(signs);
        continue;
      }
      const shape = p.kind === "facility" ? Square : L.CircleMarker;
      const sign = new shape(at, { radius: p.size, color: p.faint ? hue : colour("edge"), weight: 1.3, dashArray: p.faint ? "3 3" : null, fillColor: hue, fillOpacity: p.faint ? 0.35 : 0.88 });
      sign.place = p;
      tell(sign, p).addTo(signs);
    }
    resize();
    draw();
    point(null);
    names();
  }

  /* Far out, signs are drawn smaller, so that neighbours stay apart. */
  function resize() {
    const factor = Math.max(0.6, Math.min(1, 0.75 + (map.getZoom() - 3.5) * 0.14));
    for (const place of places) place.size = place.full * factor;
    signs.eachLayer((layer) => { if (layer.place) layer.setRadius(layer.place.size); });
  }

  function point(place) {
    ring.clearLayers();
    if (place && place.kind !== "country") {
      L.circleMarker([place.lat, place.lon], { radius: (place.size || 10) + 5, color: colour("accent"), weight: 3, fill: false, interactive: false }).addTo(ring);
    }
  }

  /* Names of the biggest places in view; one that would lie on another, or on a bigger sign, is left out. */
  function names() {
    box.querySelectorAll(".name").forEach((old) => old.remove());
    const frame = map.getSize(), taken = [];
    const spots = places.filter((p) => p.shown).map((p) => ({ p, at: map.latLngToContainerPoint([p.lat, p.lon]) }))
      .filter(({ at }) => at.x > 0 && at.y > 0 && at.x < frame.x && at.y < frame.y);
    const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    let left = 14, wide = 8; // of so many that are tried
    for (const { p, at } of [...spots.filter(({ p }) => p.size).slice(0, 150), ...spots.filter(({ p }) => !p.size).slice(0, 60)]) {
      if (p.size ? !left : !wide) continue;
      const long = p.name.length * 7.4 + 6, gap = p.size + 4;
      const right = [at.x + gap, at.y - 9], west = [at.x - gap - long, at.y - 9];
      const tries = p.size ? [...(page.dir === "rtl" ? [west, right] : [right, west]), [at.x - long / 2, at.y - gap - 18], [at.x - long / 2, at.y + gap]] : [[at.x - long / 2, at.y - 9]];
      const found = tries.map(([x, y]) => [x, y, x + long, y + 18]).find((b) => b[0] > 0 && b[2] < frame.x && b[1] > 0 && b[3] < frame.y
        && !taken.some((o) => meet(b, o)) && !spots.some((s) => s.p !== p && s.p.size >= p.size && s.p.size && meet(b, [s.at.x - s.p.size, s.at.y - s.p.size, s.at.x + s.p.size, s.at.y + s.p.size])));
      if (!found) continue;
      taken.push(found);
      if (p.size) left -= 1; else wide -= 1;
      const label = document.createElement("span");
      label.className = p.size ? "name" : "name wide";
      label.textContent = p.name;
      label.dir = "auto";
      // beside its sign a name begins or ends there, however wide its letters are
      if (found[0] === west[0] && p.size) label.style.right = `${frame.x - found[2]}px`; else label.style.left = `${found[0]}px`;
      label.style.top = `${found[1]}px`;
      box.append(label);
    }
    page.dataset.names = String(taken.length);
  }
  map.on("zoomstart movestart", () => box.querySelectorAll(".name").forEach((old) => old.remove()));
  map.on("zoomend", () => { resize(); draw(); });
  map.on("moveend", names);

  function choose(place, scroll) {
    entries.forEach((entry, at) => entry.classList.toggle("chosen", at === place.at));
    point(place);
    const entry = entries[place.at];
    if (scroll) { entry.open = true; entry.scrollIntoView({ block: "start" }); entry.querySelector("summary").focus({ preventScroll: true }); }
    else if (!map.getBounds().pad(-0.05).contains([place.lat, place.lon])) map.panTo([place.lat, place.lon]);
  }
  entries.forEach((entry, at) => {
    const head = entry.querySelector("summary");
    head.addEventListener("click", () => { if (!entry.open) choose(places[at], false); });
    head.addEventListener("mouseenter", () => point(places[at]));
    head.addEventListener("mouseleave", () => point(null));
  });

  /* Search: words in any order, in any of the usual Arabic spellings. */
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647").toLowerCase();
  const heads = entries.map((entry) => fold(entry.querySelector("summary > span").textContent));
  const stories = entries.map((entry) => [...entry.querySelectorAll("article")].map((story) => [story, fold(story.textContent)]));
  function search(text) {
    const words = fold(text).split(/\s+/).filter(Boolean), holds = (where) => words.every((word) => where.includes(word));
    let count = 0;
    entries.forEach((entry, at) => {
      const named = holds(heads[at]);
      let some = named;
      for (const [story, said] of stories[at]) {
        story.hidden = !(named || holds(said));
        some = some || !story.hidden;
      }
      entry.hidden = !some;
      entry.style.order = words.length && named ? "-1" : "0"; // what bears the name comes first
      entry.open = words.length > 0 && some && !named;
      places[at].shown = some;
      count += some;
    });
    for (const way of moved) way.hidden = !holds(fold(way.textContent));
    told.textContent = !words.length ? "" : count ? data.words.found.replace("#", count.toLocaleString(page.lang, { numberingSystem: "latn" })) : data.words.none;
    list.scrollTop = 0;
    paint();
  }
  const field = document.querySelector("input");
  let wait = 0;
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => search(field.value), 120); });

  if (data.fit) map.fitBounds(data.fit, { padding: [30, 30], maxZoom: 7 }); else map.setView([28, 20], 4);
  dress();
  page.dataset.ready = String(places.length);
})();
