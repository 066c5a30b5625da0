/* Countries and divisions, shaded by class. */
"use strict";
(() => {
  const { state, tools, views } = window.kharita;
  const FAINT = 1, CHOSEN = 4;
  const PREFIX = { country: "country:", division: "adm1:" };
  let divisions = null; // asked for once, kept while the page is open

  function unrolled(ring, grid) {
    const points = [];
    for (let i = 0, lon = 0, lat = 0; i < ring.length; i += 2) {
      lon += ring[i];
      lat += ring[i + 1];
      points.push([lat / grid, lon / grid]);
    }
    return points;
  }

  function divisionShapes(address) {
    divisions ||= fetch(address)
      .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); })
      .then(({ grid, shapes, circles }) => {
        const outlines = Object.entries(shapes).map(([code, polygons]) => [code, polygons.map((rings) => rings.map((ring) => unrolled(ring, grid)))]);
        return Object.assign(new Map(outlines), { circles });
      })
      .catch((problem) => { divisions = null; document.body.dataset.divisions = "missing"; console.warn("divisions", problem); return new Map(); });
    return divisions;
  }
  tools.divisionShapes = divisionShapes;

  function countryShapes() {
    return state.shapes.then((found) => {
      const byCode = new Map();
      for (const feature of found ? found.features : []) {
        const turned = L.GeoJSON.coordsToLatLngs(feature.geometry.coordinates, 2), code = feature.properties.iso2;
        byCode.set(code, [...(byCode.get(code) || []), ...turned]);
      }
      return byCode;
    });
  }

  /* Where the name stands: the middle of the longest outline. */
  function middle(polygons) {
    const outline = polygons.map((rings) => rings[0]).reduce((most, ring) => (ring.length > most.length ? ring : most));
    return L.polygon(outline).getBounds().getCenter();
  }

  function look(row, ramp) {
    const [, , , level, bits] = row, faint = Boolean(bits & FAINT), chosen = Boolean(bits & CHOSEN);
    return {
      renderer: state.canvas, fillColor: ramp[Math.min(level, ramp.length - 1)], fillOpacity: faint ? 0.4 : 0.9,
      color: chosen ? state.colours.accent : faint ? state.colours.muted : state.colours.border,
      weight: chosen ? 3 : faint ? 1.2 : 0.7, dashArray: faint && !chosen ? "3 3" : null, opacity: 1,
    };
  }

  function change(changes) {
    window.parent.document.dispatchEvent(new CustomEvent("kharita:set", { detail: changes }));
  }

  function bind(shape, id, name, note) {
    shape.bindTooltip(() => tools.tip(name, note), { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
    shape.on("click", (event) => { L.DomEvent.stopPropagation(event); change({ area: id, place: null, article: null, mention: null }); });
    shape.on("mouseover", () => { state.map.getContainer().style.cursor = "pointer"; });
    shape.on("mouseout", () => { state.map.getContainer().style.cursor = ""; });
  }

  function paint(group, packed, shapes) {
    const named = [], last = [];
    const circles = shapes.circles || {}, wide = (row) => (circles[row[0]] || [0, 0, 0])[2];
    for (const row of [...packed.rows].sort((a, b) => wide(b) - wide(a))) { // a small circle lies on a big one
      const [code, name, articles, , bits] = row, polygons = shapes.get(code), circle = circles[code];
      if (!polygons && !circle) continue;
      const id = PREFIX[packed.level] + code, style = look(row, packed.ramp);
      // Where no outline is known, a circle says about where it lies.
      const shape = polygons ? L.polygon(polygons, style) : L.circle(circle.slice(0, 2), { ...style, fillOpacity: 0.7 * style.fillOpacity, radius: 1000 * circle[2] });
      bind(shape, id, name, packed.counts[articles]);
      if (bits & CHOSEN) last.push(shape); else group.addLayer(shape);
      const at = polygons ? middle(polygons) : L.latLng(circle);
      named.push({
        id, name, group: "point", lat: at.lat, lng: at.lng, lon: at.lng, articles, size: 0, radius: 0, note: packed.counts[articles],
        dim: false, wide: false, chosen: Boolean(bits & CHOSEN),
      });
    }
    last.forEach((shape) => group.addLayer(shape)); // its edge lies on its neighbours
    const data = {
      points: [], areas: [], countries: [], all: named, rtl: packed.rtl, fit: packed.fit, chosen: named.find((one) => one.chosen) || null,
    };
    window.kharita.data = data;
    tools.label(group, data);
    document.body.dataset.areas = String(named.length);
    document.body.dataset.view = packed.level;
  }

  views.areas = (group, packed) => {
    tools.look({ fit: packed.fit, chosen: null });
    (packed.level === "division" ? divisionShapes(packed.shapes) : countryShapes()).then((shapes) => {
      if (state.latest === group) paint(group, packed, shapes); // else a newer answer is on the map already
    });
  };
  Object.assign(tools, { change });
})();
