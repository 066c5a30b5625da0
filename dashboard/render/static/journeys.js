/* Journeys: arcs with a head where they lead, bundled by their two places. All words reach the page as text. */
"use strict";
(() => {
  const { state, tools, views } = window.kharita;
  const STEPS = 40; // pieces of an arc
  const BEND = 0.16; // of an arc's length, by which its middle stands off
  const STUB = 46; // pixels of an arc of which one end is not named

  const OPEN = 4, SO = 0, NOT_SO = 3;

  const width = (arc) => Math.min(7, 1.6 + 1.3 * Math.min(4, arc.independent - 1) + 0.5 * Math.min(4, Math.log2(arc.count)));

  L.Canvas.include({
    _updateHead(layer) {
      if (!this._drawing || layer._empty()) return;
      const { x, y } = layer._point, r = layer._radius, turn = layer.options.turn, pen = this._ctx;
      const at = (ahead, aside) => [x + r * (ahead * Math.cos(turn) - aside * Math.sin(turn)), y + r * (ahead * Math.sin(turn) + aside * Math.cos(turn))];
      pen.beginPath();
      pen.moveTo(...at(0, 0));
      pen.lineTo(...at(-2.1, 0.95));
      pen.lineTo(...at(-2.1, -0.95));
      pen.closePath();
      this._fillStroke(pen, layer);
    },
  });
  const Head = L.CircleMarker.extend({ _updatePath() { this._renderer._updateHead(this); } });

  /* The points of an arc on the screen; the bend is on the left of who travels, so that ways there and back stay apart. */
  function bent(from, to) {
    const away = to.subtract(from), middle = from.add(to).divideBy(2), top = L.point(middle.x + away.y * BEND * 2, middle.y - away.x * BEND * 2);
    const points = [];
    for (let i = 0; i <= STEPS; i += 1) {
      const t = i / STEPS, a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
      points.push(L.point(a * from.x + b * top.x + c * to.x, a * from.y + b * top.y + c * to.y));
    }
    return points;
  }

  function path(arc) {
    const map = state.map, on = (place) => map.latLngToLayerPoint([place.lat, place.lon]);
    if (arc.start && arc.end && arc.start !== arc.end) return bent(on(arc.start), on(arc.end));
    const known = on(arc.end || arc.start), far = known.add([-STUB * 0.8, -STUB * 0.6]); // from nowhere in particular
    return arc.end ? bent(far, known) : bent(known, known.add([STUB * 0.8, -STUB * 0.6]));
  }

  function unpack(packed) {
    const places = packed.places.map(([id, name, lat, lon, count, chosen, country]) => ({
      id, name, lat, lon, articles: count, note: packed.noted[count], group: "point", kind: "", colour: "", radius: 0, size: country ? 4 : 5, iso2: "",
      dim: false, wide: false, faint: false, chosen: Boolean(chosen),
    }));
    const arcs = packed.arcs.map(([start, end, count, sort, independent, bits, days, click, lines]) => ({
      start: places[start] || null, end: places[end] || null, count, sort, independent, days, click, lines, open: Boolean(bits & OPEN),
    }));
    return { places, arcs };
  }

  function change(changes) {
    const shut = { place: null, area: null, article: null, mention: null, leg: null, journey: null, view: "journeys", page: null };
    window.parent.document.dispatchEvent(new CustomEvent("kharita:set", { detail: { ...shut, ...changes } }));
  }

  function draw(holder, arc, packed) {
    const { map } = state, points = path(arc).map((point) => map.layerPointToLatLng(point)), colour = packed.colours[arc.sort], wide = width(arc);
    const look = { renderer: state.canvas, color: colour, weight: wide + (arc.open ? 2 : 0), opacity: arc.open ? 1 : 0.82, dashArray: packed.dashes[arc.sort] || null, lineCap: arc.sort === SO ? "round" : "butt" };
    const casing = L.polyline(points, { renderer: state.canvas, color: arc.open ? state.colours.accent : state.colours.halo, weight: wide + (arc.open ? 7 : 3), opacity: arc.open ? 0.45 : 0.8, interactive: false });
    const line = L.polyline(points, look), last = points.length - 1;
    const tip = map.latLngToLayerPoint(points[last]), before = map.latLngToLayerPoint(points[last - 3]);
    const gap = arc.end ? arc.end.size * tools.scale() + 1 : 0, turn = Math.atan2(tip.y - before.y, tip.x - before.x);
    const at = map.layerPointToLatLng(tip.subtract([gap * Math.cos(turn), gap * Math.sin(turn)]));
    const head = new Head(at, { renderer: state.canvas, radius: 4.6 + wide * 0.5, turn, color: colour, fillColor: colour, fillOpacity: 1, weight: 0.5 });
    casing.addTo(holder);
    for (const layer of [line, head]) {
      layer.bindTooltip(() => tools.tip(...arc.lines), { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
      layer.on("click", (event) => { L.DomEvent.stopPropagation(event); change(arc.click); });
      layer.on("mouseover", () => { map.getContainer().style.cursor = "pointer"; line.setStyle({ opacity: 1 }); });
      layer.on("mouseout", () => { map.getContainer().style.cursor = ""; line.setStyle({ opacity: look.opacity }); });
      layer.addTo(holder);
    }
    if (arc.sort === NOT_SO) mark(holder, points[STEPS / 2], "×", colour);
    else if (arc.count > 1) mark(holder, points[STEPS / 2], String(arc.count), colour);
  }

  /* A word on the middle of an arc: how many it bundles, or that it is not so. */
  function mark(holder, at, said, colour) {
    const box = tools.node("span", "kh-arc-count", said);
    box.style.setProperty("--k", colour);
    L.marker(at, { icon: L.divIcon({ html: box, className: "kh-anchor", iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(holder);
  }

  function paint(group, packed, arcs, places) {
    const holder = L.featureGroup().addTo(group);
    [...arcs].sort((a, b) => b.sort - a.sort || a.independent - b.independent || a.open - b.open).forEach((arc) => draw(holder, arc, packed));
    for (const place of places) {
      const layer = L.circleMarker([place.lat, place.lon], {
        renderer: state.canvas, radius: place.size * tools.scale(), color: state.colours.edge, weight: 1.2, fillColor: state.colours.ink, fillOpacity: 0.9,
      });
      tools.hover(layer, place);
      layer.addTo(holder);
    }
    return holder;
  }

  views.journeys = (group, packed) => {
    const { places, arcs } = unpack(packed), { map } = state;
    const data = { points: places, areas: [], countries: [], all: places, rtl: packed.rtl, fit: packed.fit, chosen: places.find((one) => one.chosen) || null };
    tools.look(data);
    window.kharita.data = data;
    let holder = paint(group, packed, arcs, places), days = null;
    const inDays = (arc) => !days || arc.days.some(([first, last]) => first <= days[1] && last >= days[0]);
    const again = () => {
      const shown = arcs.filter(inDays), at = new Set(shown.flatMap((arc) => [arc.start, arc.end]));
      holder.remove();
      group.removeLayer(holder);
      holder = paint(group, packed, shown, days ? places.filter((place) => at.has(place)) : places);
      return shown.length;
    };
    /* The passage of time: the arcs of these days alone, given as ordinals; null for all. */
    const show = (first, last) => {
      if (first === null && !days) return arcs.length;
      days = first === null ? null : [first, last];
      return again();
    };
    window.kharita.showDays = show;
    map.on("zoomend", again); // heads and loose ends keep their size on the screen
    group.on("remove", () => { map.off("zoomend", again); if (window.kharita.showDays === show) delete window.kharita.showDays; });
    tools.label(group, data);
    state.arcs = arcs;
    document.body.dataset.points = String(places.length);
    document.body.dataset.arcs = String(arcs.length);
    document.body.dataset.view = "journeys";
  };

})();
