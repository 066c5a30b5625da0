/* Kharita's map: drawn by Leaflet, fed with data by Python, never with markup.
   Every text reaches the page through textContent. */
"use strict";
window.kharita = (() => {
  const SHAPES = { facility: "square", camp: "diamond" }; // of the signs that are no circles
  const SMALLEST_AREA = 8; // pixels: a far region stays findable
  const LABELS = { point: 10, country: 5, area: 3 }; // names in view, at most
  const REACH = 9; // pixels round a place within which a click is meant for it, and not for the land under it
  const FAINT = 1, DIM = 2, CHOSEN = 4;

  const Square = L.CircleMarker.extend({
    _updatePath() { this._renderer._updateSquare(this); },
    _containsPoint(point) {
      const reach = this._radius + this._clickTolerance();
      return Math.abs(point.x - this._point.x) <= reach && Math.abs(point.y - this._point.y) <= reach;
    },
  });
  L.Canvas.include({
    _updateSquare(layer) {
      if (!this._drawing || layer._empty()) return;
      const half = layer._radius * 0.88, at = layer._point, pen = this._ctx;
      pen.beginPath();
      pen.rect(at.x - half, at.y - half, 2 * half, 2 * half);
      this._fillStroke(pen, layer);
    },
  });
  /* Camps stand on a corner, so that they are told from neighbourhoods without colour. */
  const Diamond = L.CircleMarker.extend({
    _updatePath() { this._renderer._updateDiamond(this); },
    _containsPoint(point) {
      const reach = this._radius * 1.15 + this._clickTolerance();
      return Math.abs(point.x - this._point.x) + Math.abs(point.y - this._point.y) <= reach;
    },
  });
  L.Canvas.include({
    _updateDiamond(layer) {
      if (!this._drawing || layer._empty()) return;
      const half = layer._radius * 1.15, { x, y } = layer._point, pen = this._ctx;
      pen.beginPath();
      pen.moveTo(x, y - half);
      for (const [right, down] of [[half, 0], [0, half], [-half, 0]]) pen.lineTo(x + right, y + down);
      pen.closePath();
      this._fillStroke(pen, layer);
    },
  });
  const Area = L.Circle.extend({
    _project() {
      L.Circle.prototype._project.call(this);
      this._radius = Math.max(this._radius, SMALLEST_AREA);
      this._radiusY = Math.max(this._radiusY, SMALLEST_AREA);
      this.options.fillOpacity = Math.max(0.03, this.options.depth * Math.min(1, 45 / this._radius)); // the wider, the paler
      this._updateBounds();
    },
    /* An area that fills the view is caught at its edge only: what lies in it comes first. */
    _containsPoint(point) {
      const frame = this._map.getSize(), away = point.distanceTo(this._point);
      if (this._radius > 0.45 * Math.min(frame.x, frame.y)) return Math.abs(away - this._radius) < 7;
      return away <= this._radius + this._clickTolerance();
    },
  });

  const state = { map: null, shapes: null, fitted: false, focus: "", colours: {}, canvas: null, pointed: null };

  /* Places come as lists, and what follows from their kind, country or number of articles as tables. */
  function unpack(data) {
    const groups = { point: [], area: [], country: [] };
    for (const [id, name, kind, code, lat, lon, articles, bits, radius = 0] of data.rows) {
      const [word, group, label, colour] = data.kinds[kind];
      const [counted, size, areaDepth, countryDepth] = data.counts[articles];
      const where = group === "country" ? "" : data.countries[code] || "";
      groups[group].push({
        id: typeof id === "number" ? `geonames:${id}` : id, name, kind: word, group, colour, lat, lon, articles, radius,
        note: [label, where, counted].filter(Boolean).join(" · "), iso2: code,
        size: group !== "point" ? 0 : word === "facility" ? 0.75 * size : size,
        depth: group === "country" ? countryDepth : areaDepth,
        wide: group === "area" && radius > data.wide,
        faint: Boolean(bits & FAINT), dim: Boolean(bits & DIM), chosen: Boolean(bits & CHOSEN),
      });
    }
    groups.point.sort((a, b) => b.size - a.size); // small ones lie on big ones
    groups.area.sort((a, b) => b.radius - a.radius);
    const all = [...groups.area, ...groups.country, ...groups.point];
    return {
      points: groups.point, areas: groups.area, countries: groups.country, all, rtl: data.rtl, fit: data.fit,
      chosen: all.find((place) => place.chosen) || null,
    };
  }

  /* Far out, signs are drawn smaller, so that neighbours stay apart. */
  function scale() {
    return Math.max(0.75, Math.min(1, 0.75 + (state.map.getZoom() - 3.5) * 0.12));
  }

  /* The radius with which a place is drawn now, in pixels; a sign that stands for several keeps its own. */
  const drawnSize = (place) => (place.places ? place.size : place.size * scale());

  function node(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function base(map, options) {
    Object.assign(state, { map, colours: options.colours, divisions: options.context.divisions, fitted: false, focus: "" });
    const page = document.documentElement;
    page.dataset.theme = options.theme;
    for (const [name, value] of Object.entries(options.colours)) page.style.setProperty(`--${name}`, value);
    map.getContainer().style.background = options.colours.sea;
    map.attributionControl.setPrefix(false);
    const land = map.createPane("land");
    land.style.zIndex = 200;
    land.style.pointerEvents = "none";
    const still = L.canvas({ pane: "land", padding: 0.5 });
    state.canvas = L.canvas({ padding: 0.3, tolerance: L.Browser.mobile ? 6 : 1 });
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    if (options.tiles) L.tileLayer(options.tiles, { attribution: options.attribution, maxZoom: 19 }).addTo(map);
    state.shapes = fetch(options.shapes)
      .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); })
      .then((shapes) => {
        if (!options.tiles) {
          L.geoJSON(shapes, {
            renderer: still, pane: "land", interactive: false,
            style: (feature) => ({
              fillColor: options.colours.land, fillOpacity: 1, color: options.colours.border, weight: 0.7,
              dashArray: feature.properties.disputed ? "3 3" : null,
            }),
          }).addTo(map);
        }
        document.body.dataset.basemap = String(shapes.features.length);
        return shapes;
      })
      .catch((problem) => { document.body.dataset.basemap = "missing"; console.warn("basemap", problem); return null; });
    if (options.own) window.kharita.ownTiles(map, options.own);
    window.kharita.context(map, options);
    window.addEventListener("resize", () => map.invalidateSize());
    const outer = window.parent.document, point = (event) => pointAt(event.detail);
    const uncover = () => kharita.tools.uncover();
    map.on("dragstart zoomstart", () => { state.settled = false; });
    outer.addEventListener("kharita:hover", point);
    outer.addEventListener("kharita:covered", uncover);
    window.addEventListener("pagehide", () => {
      outer.removeEventListener("kharita:hover", point);
      outer.removeEventListener("kharita:covered", uncover);
    });
  }

  /* Show where a place lies that is pointed at in the list. */
  function pointAt(id) {
    if (state.pointed) state.pointed.remove();
    state.pointed = null;
    const place = id && window.kharita.data && window.kharita.data.all.find((one) => one.id === id);
    if (!place) return;
    const look = { renderer: state.canvas, color: state.colours.accent, weight: 3, fill: false, interactive: false };
    state.pointed = place.group === "area"
      ? L.circle([place.lat, place.lon], { ...look, radius: place.radius * 1000, weight: 2, dashArray: "2 6" })
      : L.circleMarker([place.lat, place.lon], { ...look, radius: place.size * scale() + 5 });
    state.pointed.addTo(state.map);
  }

  /* One message channel: the page turns the address into a visit without loading itself anew. */
  function go(place) {
    window.parent.document.dispatchEvent(new CustomEvent("kharita:place", { detail: place }));
  }

  function hover(layer, place) {
    layer.bindTooltip(() => {
      const box = node("div", "kh-tip");
      const name = node("b", "", place.name);
      name.dir = "auto";
      box.append(name, node("span", "", place.note));
      return box;
    }, { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      kharita.tools.open(place.group === "point" ? place : nearest(event.containerPoint) || place);
    });
    layer.on("mouseover", () => { state.map.getContainer().style.cursor = "pointer"; });
    layer.on("mouseout", () => { state.map.getContainer().style.cursor = ""; });
  }

  /* The place of a sign that a click just missed; none when there is none that near. */
  function nearest(at) {
    let found = null, least = REACH;
    for (const place of window.kharita.data.points) {
      if (place.dim) continue;
      const away = at.distanceTo(state.map.latLngToContainerPoint([place.lat, place.lon])) - place.size * scale();
      if (away < least) [found, least] = [place, away];
    }
    return found;
  }

  function pointLayer(place) {
    const shape = SHAPES[place.kind] === "square" ? Square : SHAPES[place.kind] === "diamond" ? Diamond : L.CircleMarker;
    return new shape([place.lat, place.lon], {
      renderer: state.canvas, radius: place.size * scale(), color: place.faint ? place.colour : state.colours.edge,
      weight: place.faint ? 1.2 : 1.4, dashArray: place.faint ? "3 3" : null, opacity: place.dim ? 0.3 : 1,
      fillColor: place.colour, fillOpacity: place.dim ? 0.18 : place.faint ? 0.35 : 0.88,
    });
  }

  function areaLayer(place) {
    return new Area([place.lat, place.lon], {
      renderer: state.canvas, radius: place.radius * 1000, color: place.colour, weight: place.chosen ? 2.4 : 1.3,
      dashArray: "1 5", lineCap: "round", opacity: place.dim ? 0.2 : 0.95, fill: !place.wide, interactive: !place.wide,
      fillColor: place.colour, depth: place.depth,
    });
  }

  /* A division by its outline, faint, and stronger under the pointer. */
  function outlineLayer(place, polygons) {
    const rest = { weight: place.chosen ? 2.4 : 1.1, opacity: place.dim ? 0.2 : 0.75, fillOpacity: place.dim ? 0.02 : place.depth * 0.6 };
    const layer = L.polygon(polygons, { renderer: state.canvas, color: place.colour, fillColor: place.colour, dashArray: place.faint ? "3 3" : null, ...rest });
    layer.on("mouseover", () => layer.setStyle({ weight: 2.2, fillOpacity: 0.24 }));
    layer.on("mouseout", () => layer.setStyle(rest));
    return layer;
  }

  /* Draw the areas of an answer: divisions by their outlines as soon as these are there, the others as circles. */
  function areas(group, places) {
    const add = (layer, place) => {
      if (!place.wide) hover(layer, place);
      layer.addTo(group);
    };
    const outlined = places.filter((place) => place.id.startsWith("adm1:"));
    places.filter((place) => !place.id.startsWith("adm1:")).forEach((place) => add(areaLayer(place), place));
    if (!outlined.length) return;
    window.kharita.tools.divisionShapes(state.divisions).then((shapes) => {
      if (state.latest !== group) return;
      for (const place of outlined) {
        const outline = shapes.get(place.id.slice(5));
        if (outline) Object.assign(place, { wide: false });
        add(outline ? outlineLayer(place, outline) : areaLayer(place), place);
      }
      const lift = (layer) => {
        if (layer.eachLayer) layer.eachLayer(lift);
        else if (layer instanceof L.CircleMarker && !(layer instanceof L.Circle)) layer.bringToFront();
      };
      lift(group); // signs lie on areas, whichever came first
      document.body.dataset.outlines = String(outlined.length);
    });
  }

  /* From near, a country's shade follows the finer coast, where that is known. */
  function refine(layers) {
    const { map } = state;
    const update = () => window.kharita.fine(map).then((fine) => {
      if (!fine) return;
      map.off("zoomend", update);
      for (const [code, layer] of layers) if (fine.has(code)) layer.setLatLngs(fine.get(code));
    });
    map.on("zoomend", update);
    update();
    return () => map.off("zoomend", update);
  }

  function countries(group, data, shapes) {
    if (!shapes) return [];
    const wanted = new Map(data.countries.map((place) => [place.iso2, place]));
    const drawn = [];
    L.geoJSON(shapes, {
      renderer: state.canvas, filter: (feature) => wanted.has(feature.properties.iso2),
      style: (feature) => {
        const place = wanted.get(feature.properties.iso2);
        return {
          fillColor: state.colours.country, fillOpacity: place.dim ? 0.05 : place.depth,
          color: place.chosen ? state.colours.accent : state.colours.country,
          weight: place.chosen ? 2.4 : 0.7, opacity: place.chosen ? 1 : 0.6,
        };
      },
      onEachFeature: (feature, layer) => { hover(layer, wanted.get(feature.properties.iso2)); drawn.push([feature.properties.iso2, layer]); },
    });
    drawn.forEach(([, layer]) => group.addLayer(layer));
    group.on("remove", refine(drawn));
  }

  function ring(group, place) {
    return L.circleMarker([place.lat, place.lon], {
      renderer: state.canvas, radius: drawnSize(place) + 5, color: state.colours.accent, weight: 3, fill: false, interactive: false,
    }).addTo(group);
  }

  const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /* The boxes that a name may take round its sign, best first. */
  function boxes(at, gap, wide, rtl) {
    const right = ["right", [at.x + gap, at.y - 9, at.x + gap + wide, at.y + 9]];
    const left = ["left", [at.x - gap - wide, at.y - 9, at.x - gap, at.y + 9]];
    const above = ["above", [at.x - wide / 2, at.y - gap - 18, at.x + wide / 2, at.y - gap]];
    const below = ["below", [at.x - wide / 2, at.y + gap, at.x + wide / 2, at.y + gap + 18]];
    return rtl ? [left, right, above, below] : [right, left, above, below];
  }

  /* Names of the biggest places in view, and of the chosen one; a name that would lie on another is left out,
     and so is one that would hide a sign nearly as big as its own. */
  function label(group, data) {
    const holder = L.layerGroup().addTo(group);
    const draw = () => {
      holder.clearLayers();
      const map = state.map, view = map.getBounds(), frame = map.getSize(), taken = [];
      const left = { ...LABELS };
      const spots = data.points.map((place) => {
        const at = map.latLngToContainerPoint([place.lat, place.lon]), r = drawnSize(place);
        return { id: place.id, r, box: [at.x - r, at.y - r, at.x + r, at.y + r] };
      });
      const ranked = data.all.filter((place) => (!place.dim || place.chosen) && view.contains([place.lat, place.lon]))
        .sort((a, b) => (b.chosen - a.chosen) || ((b.group === "point") - (a.group === "point")) || (b.articles - a.articles));
      for (const place of ranked) {
        if (!left[place.group] && !place.chosen) continue;
        const at = map.latLngToContainerPoint([place.lat, place.lon]), r = drawnSize(place) + (place.chosen ? 5 : 0);
        const wide = place.name.length * 7.4 + 8;
        const choices = place.size ? boxes(at, r + 4, wide, data.rtl)
          : [["middle", [at.x - wide / 2, at.y - 9, at.x + wide / 2, at.y + 9]]];
        const fits = ([, box], over) => box[0] > 0 && box[2] < frame.x && box[1] > 0 && box[3] < frame.y
          && !taken.some((other) => meets(box, other))
          && !spots.some((spot) => spot.id !== place.id && spot.r > over && meets(box, spot.box));
        const found = choices.find((one) => fits(one, 0)) || (place.size && choices.find((one) => fits(one, 0.55 * r)))
          || (place.chosen ? choices[0] : null);
        if (!found) continue;
        taken.push(found[1]);
        left[place.group] -= 1;
        const text = node("span", `kh-label kh-label-${place.group}${place.chosen ? " kh-chosen" : ""}`, place.name);
        text.dir = "auto";
        const box = node("div", `kh-${found[0]}`);
        box.style.setProperty("--gap", `${r + 4}px`);
        box.append(text);
        const marker = L.marker([place.lat, place.lon], {
          icon: L.divIcon({ html: box, className: "kh-anchor", iconSize: [0, 0] }), interactive: place.wide, keyboard: false,
        });
        if (place.wide) hover(marker, place);
        marker.addTo(holder);
      }
      document.body.dataset.labels = String(taken.length);
      state.taken = [...taken, ...spots.map((spot) => spot.box)];
      map.fire("kharita:labelled");
    };
    state.map.on("moveend", draw);
    group.on("remove", () => state.map.off("moveend", draw));
    draw();
  }

  function places(group, packed) {
    const map = state.map;
    state.latest = group;
    const data = unpack(packed);
    kharita.tools.look(data);
    const paint = (shapes) => {
      if (state.latest !== group) return; // a newer answer is on the map already
      window.kharita.data = data;
      countries(group, data, shapes);
      areas(group, data.areas.filter((place) => place.chosen || !(place.wide || place.dim)));
      const sized = data.points.map((place) => {
        if (place.kind === "facility" && place.radius > 0 && !place.dim) {
          L.circle([place.lat, place.lon], {
            renderer: state.canvas, radius: place.radius * 1000, color: place.colour, weight: 1, opacity: 0.4, fill: false, interactive: false,
          }).addTo(group);
        }
        const layer = pointLayer(place);
        hover(layer, place);
        layer.addTo(group);
        return [layer, place.size, 0];
      });
      const chosen = data.chosen;
      if (chosen && chosen.size) sized.push([ring(group, chosen), chosen.size, 5]);
      const resize = () => sized.forEach(([layer, size, more]) => layer.setRadius(size * scale() + more));
      map.on("zoomend", resize);
      group.on("remove", () => map.off("zoomend", resize));
      pointAt("");
      label(group, data);
      document.body.dataset.points = String(data.points.length);
      document.body.dataset.countries = String(data.countries.length);
    };
    if (state.ready !== undefined) paint(state.ready);
    else state.shapes.then((shapes) => { state.ready = shapes; paint(shapes); });
  }

  /* Other views of the same selection register themselves here. */
  const views = {};
  function view(name, group, packed) {
    state.latest = group;
    views[name](group, packed);
    group.fire("kharita:shown");
  }

  const tools = { areas, countries, go, hover, label, meets, nearest, node, pointAt, pointLayer, ring, scale, unpack };
  return { base, places, state, view, views, tools };
})();
