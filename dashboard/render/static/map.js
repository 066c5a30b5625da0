/* Kharita's map: drawn by Leaflet, fed with data by Python, never with markup.
   Every text reaches the page through textContent. */
"use strict";
window.kharita = (() => {
  const POINT_KINDS_SQUARE = new Set(["facility"]);
  const SMALLEST_AREA = 8; // pixels: a far region stays findable
  const LABELS = 10;

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
  const Area = L.Circle.extend({
    _project() {
      L.Circle.prototype._project.call(this);
      this._radius = Math.max(this._radius, SMALLEST_AREA);
      this._radiusY = Math.max(this._radiusY, SMALLEST_AREA);
      this._updateBounds();
    },
  });

  const state = { map: null, shapes: null, fitted: false, focus: "", colours: {}, canvas: null };

  function node(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function base(map, options) {
    Object.assign(state, { map, colours: options.colours, fitted: false, focus: "" });
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
    window.addEventListener("resize", () => map.invalidateSize());
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
    layer.on("click", (event) => { L.DomEvent.stopPropagation(event); go(place.id); });
    layer.on("mouseover", () => { state.map.getContainer().style.cursor = "pointer"; });
    layer.on("mouseout", () => { state.map.getContainer().style.cursor = ""; });
  }

  function pointLayer(place, data) {
    const shape = POINT_KINDS_SQUARE.has(place.kind) ? Square : L.CircleMarker;
    return new shape([place.lat, place.lon], {
      renderer: state.canvas, radius: place.size, color: place.faint ? place.colour : state.colours.edge,
      weight: place.faint ? 1.2 : 1.4, dashArray: place.faint ? "3 3" : null, opacity: place.dim ? 0.3 : 1,
      fillColor: place.colour, fillOpacity: place.dim ? 0.18 : place.faint ? 0.35 : 0.88,
    });
  }

  function areaLayer(place) {
    const huge = place.radius > 700;
    return new Area([place.lat, place.lon], {
      renderer: state.canvas, radius: place.radius * 1000, color: place.colour, weight: place.chosen ? 2.4 : 1.3,
      dashArray: "1 5", lineCap: "round", opacity: place.dim ? 0.2 : huge && !place.chosen ? 0.45 : 0.95, fill: !huge,
      fillColor: place.colour, fillOpacity: place.dim ? 0.03 : place.depth,
    });
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
          weight: place.chosen ? 2.4 : 0.8, opacity: place.chosen ? 1 : 0.55,
        };
      },
      onEachFeature: (feature, layer) => { hover(layer, wanted.get(feature.properties.iso2)); drawn.push(layer); },
    });
    drawn.forEach((layer) => group.addLayer(layer));
    return drawn;
  }

  function ring(group, place) {
    L.circleMarker([place.lat, place.lon], {
      renderer: state.canvas, radius: place.size + 5, color: state.colours.accent, weight: 3, fill: false, interactive: false,
    }).addTo(group);
  }

  /* Names of the biggest places in view, and of the chosen one; a name that would lie on another is left out. */
  function label(group, data) {
    const holder = L.layerGroup().addTo(group);
    const draw = () => {
      holder.clearLayers();
      const map = state.map, view = map.getBounds(), boxes = [];
      const all = [...data.points, ...data.areas, ...data.countries].filter((p) => !p.dim || p.chosen)
        .sort((a, b) => (b.chosen - a.chosen) || (b.articles - a.articles));
      const spots = data.points.map((place) => {
        const at = map.latLngToContainerPoint([place.lat, place.lon]), r = place.size;
        return { id: place.id, box: [at.x - r, at.y - r, at.x + r, at.y + r] };
      });
      const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
      const frame = map.getSize();
      let left = LABELS;
      for (const place of all) {
        if (!left) break;
        if (!view.contains([place.lat, place.lon])) continue;
        const at = map.latLngToContainerPoint([place.lat, place.lon]), gap = place.size + 4;
        const wide = place.name.length * 7.4 + 8;
        const beside = { right: [at.x + gap, at.y - 9, at.x + gap + wide, at.y + 9], left: [at.x - gap - wide, at.y - 9, at.x - gap, at.y + 9] };
        const across = { above: [at.x - wide / 2, at.y - gap - 18, at.x + wide / 2, at.y - gap], below: [at.x - wide / 2, at.y + gap, at.x + wide / 2, at.y + gap + 18] };
        const middle = { middle: [at.x - wide / 2, at.y - 9, at.x + wide / 2, at.y + 9] };
        const choices = !place.size ? middle : data.rtl
          ? { left: beside.left, right: beside.right, ...across } : { ...beside, ...across };
        const free = Object.entries(choices).find(([, box]) => box[0] > 0 && box[2] < frame.x && !boxes.some((b) => meets(box, b))
          && !spots.some((spot) => spot.id !== place.id && meets(box, spot.box)));
        const found = free || (place.chosen ? Object.entries(choices)[0] : null);
        if (!found) continue;
        boxes.push(found[1]);
        left -= 1;
        const text = node("span", `kh-label kh-label-${place.group}${place.chosen ? " kh-chosen" : ""}`, place.name);
        text.dir = "auto";
        const holderNode = node("div", `kh-${found[0]}`);
        holderNode.style.setProperty("--gap", `${gap}px`);
        holderNode.append(text);
        L.marker([place.lat, place.lon], {
          icon: L.divIcon({ html: holderNode, className: "kh-anchor", iconSize: [0, 0] }), interactive: false, keyboard: false,
        }).addTo(holder);
      }
      document.body.dataset.labels = String(LABELS - left);
    };
    state.map.on("moveend", draw);
    group.on("remove", () => state.map.off("moveend", draw));
    draw();
  }

  function look(data) {
    const map = state.map;
    if (!state.fitted && data.fit) {
      state.fitted = true;
      map.invalidateSize();
      map.fitBounds(data.fit, { padding: [44, 44], maxZoom: 7, animate: false });
    }
    const chosen = data.chosen;
    if (chosen && chosen.id !== state.focus && state.focus !== null) {
      const at = L.latLng(chosen.lat, chosen.lon);
      if (!map.getBounds().pad(-0.08).contains(at)) map.panTo(at, { animate: true, duration: 0.35 });
    }
    state.focus = chosen ? chosen.id : "";
  }

  function places(group, data) {
    const map = state.map;
    state.latest = group;
    look(data);
    const paint = (shapes) => {
      if (state.latest !== group) return; // a newer answer is on the map already
      countries(group, data, shapes);
      [...data.areas].sort((a, b) => b.radius - a.radius).forEach((place) => {
        const layer = areaLayer(place);
        hover(layer, place);
        layer.addTo(group);
      });
      data.points.forEach((place) => {
        if (place.kind === "facility" && place.radius > 0 && !place.dim) {
          L.circle([place.lat, place.lon], {
            renderer: state.canvas, radius: place.radius * 1000, color: place.colour, weight: 1, opacity: 0.4, fill: false, interactive: false,
          }).addTo(group);
        }
        const layer = pointLayer(place, data);
        hover(layer, place);
        layer.addTo(group);
        if (place.chosen) ring(group, place);
      });
      label(group, data);
      document.body.dataset.points = String(data.points.length);
      document.body.dataset.countries = String(data.countries.length);
      window.kharita.data = data;
    };
    if (state.ready !== undefined) paint(state.ready);
    else state.shapes.then((shapes) => { state.ready = shapes; paint(shapes); });
  }

  return { base, places, state };
})();
