/* What is under the places when one comes near: finer coasts, rivers, divisions, names of towns.
   All of it comes from this machine, each part once, when it is first needed. */
"use strict";
(() => {
  const { state, tools } = window.kharita;
  const FINE = 6, DIVISIONS = 6.5, TOWNS = 5.5; // zooms from which each part is drawn
  const MOST = 34; // names of towns in view, at most
  const PAD = 3; // pixels kept free round a name
  const kept = new Map();

  function once(address) {
    if (!kept.has(address)) {
      kept.set(address, fetch(address)
        .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); })
        .catch((problem) => { kept.delete(address); console.warn("context", problem); return null; }));
    }
    return kept.get(address);
  }

  /* Layers that stay on the map from a zoom on, and are made when that zoom is first reached. */
  function from(zoom, name, make) {
    const { map } = state;
    let layer = null, asked = false;
    const update = async () => {
      const wanted = map.getZoom() >= zoom;
      if (wanted && !asked) {
        asked = true;
        layer = await make();
        document.body.dataset.context = `${document.body.dataset.context || ""} ${name}`.trim();
        asked = Boolean(layer);
      }
      if (layer && wanted !== map.hasLayer(layer)) layer[wanted ? "addTo" : "removeFrom"](map);
    };
    map.on("zoomend", update);
    update();
  }

  function shapes(address, style, renderer) {
    return once(address).then((found) => found && L.geoJSON(found, { renderer, pane: renderer.options.pane, interactive: false, style }));
  }

  /* Hatching, as a pattern that the canvas repeats: a disputed area looks like none of the others. */
  function hatch(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    for (const shift of [-8, 0, 8]) { pen.moveTo(shift, 8); pen.lineTo(shift + 8, 0); }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  function divisions(address, renderer, colour) {
    return tools.divisionShapes(address).then((found) => L.layerGroup([...found.values()].map((polygons) =>
      L.polygon(polygons, { renderer, pane: renderer.options.pane, interactive: false, fill: false, color: colour, weight: 0.6, dashArray: "2 3", opacity: 0.9 }))));
  }

  /* Names of towns, the bigger first, where neither a sign nor another name stands. */
  function towns(address) {
    const { map } = state, holder = L.layerGroup().addTo(map);
    let drawn = 0;
    const draw = async () => {
      const zoom = map.getZoom(), mine = (drawn += 1);
      if (zoom < TOWNS) { holder.clearLayers(); return; }
      const language = window.parent.document.documentElement.lang || "en";
      const found = await once(`${address}?ui=${encodeURIComponent(language)}`);
      if (!found || mine !== drawn) return;
      holder.clearLayers();
      const view = map.getBounds(), frame = map.getSize(), taken = [...(state.taken || [])];
      const named = new Set((window.kharita.data ? window.kharita.data.points || [] : []).map((place) => place.name));
      let left = MOST;
      for (const [name, lat, lon, level] of found.towns) {
        if (!left || level > zoom + 0.25) break;
        if (named.has(name) || !view.contains([lat, lon])) continue;
        const at = map.latLngToContainerPoint([lat, lon]), wide = name.length * 6.2 + 8;
        const box = [at.x - 3, at.y - 8 - PAD, at.x + wide + PAD, at.y + 8 + PAD];
        if (box[0] < 0 || box[1] < 0 || box[2] > frame.x || box[3] > frame.y || taken.some((other) => tools.meets(box, other))) continue;
        taken.push(box);
        left -= 1;
        const text = tools.node("div", "kh-town", name);
        text.dir = "auto";
        L.marker([lat, lon], { icon: L.divIcon({ html: text, className: "kh-anchor", iconSize: [0, 0] }), pane: "towns", interactive: false, keyboard: false }).addTo(holder);
      }
      document.body.dataset.towns = String(MOST - left);
    };
    map.on("moveend kharita:labelled", draw);
    draw();
  }

  /* The finer outlines by country, of those that lie in the window of the file; nothing while one is far away. */
  let fine = null;
  window.kharita.fine = async (map) => {
    if (map.getZoom() < FINE) return null;
    if (!fine) {
      const found = await once(state.coasts);
      if (!found) return null;
      const window_ = L.latLngBounds([-4.9, -18.9], [46.9, 65.9]), byCode = new Map();
      for (const feature of found.features) {
        const turned = L.GeoJSON.coordsToLatLngs(feature.geometry.coordinates, 2);
        if (window_.contains(L.polygon(turned).getBounds())) byCode.set(feature.properties.iso2, turned);
      }
      fine = byCode;
    }
    return fine;
  };

  window.kharita.context = (map, options) => {
    state.coasts = options.context.coasts;
    const { colours } = options, still = L.canvas({ pane: "land", padding: 0.5 });
    map.createPane("towns").style.zIndex = 350; // over the land, under the places
    map.getPane("towns").style.pointerEvents = "none";
    if (!options.tiles) {
      const outline = { color: colours.border, weight: 0.8, fillColor: colours.land, fillOpacity: 1 };
      from(FINE, "coasts waters", () => Promise.all([
        shapes(options.context.coasts, (feature) => ({ ...outline, dashArray: feature.properties.disputed ? "3 3" : null }), still),
        shapes(options.context.waters, (feature) => (feature.properties.kind === "lake"
          ? { stroke: false, fillColor: colours.sea, fillOpacity: 1 } : { color: colours.river, weight: 1, fill: false }), still),
      ]).then((parts) => L.layerGroup(parts.filter(Boolean))));
    }
    state.shapes.then(() => shapes(options.context.disputed, () => ({ stroke: true, color: colours.border, weight: 1, dashArray: "4 4", fillColor: hatch(colours.border), fillOpacity: 0.55 }), still))
      .then((areas) => { if (areas) areas.addTo(map); });
    from(DIVISIONS, "divisions", () => divisions(options.context.divisions, still, colours.border));
    if (!options.tiles) towns(options.context.towns);
  };
})();
