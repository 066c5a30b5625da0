/* Many places: a sign with a number stands for those close together. Which ones, the server has decided. */
"use strict";
(() => {
  const { state, tools, views } = window.kharita;
  const PAD = 0.35; // of the view, drawn and asked for beyond each edge
  const WAIT = 90; // milliseconds of rest before more is asked for
  const STEP = 2; // zooms that a click on a number goes nearer
  const NEAREST = 17;

  L.Canvas.include({
    _updateGathered(layer) {
      if (!this._drawing || layer._empty()) return;
      this._updateCircle(layer);
      const pen = this._ctx, at = layer._point;
      pen.save();
      pen.globalAlpha = 1;
      pen.fillStyle = layer.options.ink;
      pen.font = `600 ${layer.options.number.length > 3 ? 10.5 : 12}px "IBM Plex Sans", system-ui, sans-serif`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.direction = "ltr";
      pen.fillText(layer.options.number, at.x, at.y + 0.5);
      pen.restore();
    },
  });
  const Gathered = L.CircleMarker.extend({ _updatePath() { this._renderer._updateGathered(this); } });

  const idOf = (raw) => (typeof raw === "number" ? `geonames:${raw}` : raw);
  const radius = (count) => Math.min(22, 9 + 2.1 * Math.log2(count));

  /* Nodes of each zoom, as places with what they stand for. */
  function unpackLevels(packed, known) {
    const levels = new Map();
    for (const [zoom, nodes] of Object.entries(packed.levels)) {
      levels.set(Number(zoom), nodes.map(([row, places, unsure]) => {
        const place = known.get(idOf(packed.rows[row][0]));
        if (places === 1) return place;
        return { ...place, places, group: "point", faint: Boolean(unsure), size: radius(places), number: packed.more[places][0], note: packed.more[places][1] };
      }));
    }
    return levels;
  }

  /* Areas beyond the biggest are gathered like points. */
  function read(packed) {
    const data = tools.unpack(packed);
    const known = new Map(data.all.map((place) => [place.id, place]));
    const nodes = new Set(Object.values(packed.levels).flat().map(([row]) => idOf(packed.rows[row][0])));
    for (const place of data.areas) if (nodes.has(place.id)) Object.assign(place, { group: "point", size: 6, wide: false });
    data.areas = data.areas.filter((place) => place.group === "area");
    return { data, levels: unpackLevels(packed, known) };
  }

  function gatheredLayer(node) {
    const { map } = state;
    const layer = new Gathered([node.lat, node.lon], {
      renderer: state.canvas, radius: node.size, fillColor: state.colours.paper, fillOpacity: node.faint ? 0.6 : 0.92, color: node.colour,
      weight: 2.2, dashArray: node.faint ? "3 3" : null, ink: state.colours.ink, number: node.number,
    });
    layer.bindTooltip(() => tools.tip(node.name, node.note), { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      if (Math.round(map.getZoom()) >= NEAREST) { tools.open(node); return; } // there is no nearer
      map.setView([node.lat, node.lon], Math.min(NEAREST, Math.round(map.getZoom()) + STEP), { animate: true });
    });
    layer.on("mouseover", () => { map.getContainer().style.cursor = "zoom-in"; });
    layer.on("mouseout", () => { map.getContainer().style.cursor = ""; });
    return layer;
  }

  function ground(group, data, shapes) {
    tools.countries(group, data, shapes);
    tools.areas(group, data.areas.filter((place) => !place.wide || place.chosen));
  }

  /* Asks for what is seen from near, once the map rests; the last answer serves while the view stays in it. */
  function nearer(alive, arrived) {
    let answer = null, timer = 0, asked = 0;
    return (zoom) => {
      const { map } = state, view = map.getBounds();
      if (answer && answer.zoom === zoom && answer.bounds.contains(view)) return answer.nodes;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const bounds = map.getBounds().pad(PAD), number = asked += 1, address = new URLSearchParams(window.parent.location.search);
        const box = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
        address.set("seen", box.map((degrees) => Math.max(-180, Math.min(180, degrees)).toFixed(4)).join(","));
        address.set("zoom", String(zoom));
        address.set("ui", window.parent.document.documentElement.lang || "en");
        fetch(`../../map/places.json?${address}`)
          .then((found) => { if (!found.ok) throw new Error(String(found.status)); return found.json(); })
          .then((packed) => {
            if (!alive() || number !== asked) return;
            const { data, levels } = read(packed);
            answer = { zoom, bounds, nodes: levels.get(zoom), places: data.all };
            arrived(answer);
          })
          .catch((problem) => { document.body.dataset.nearer = "missing"; console.warn("places", problem); });
      }, WAIT);
      return null;
    };
  }

  views.clusters = (group, packed) => {
    const { map } = state, { data, levels } = read(packed);
    const far = Math.max(...levels.keys()), close = Math.min(...levels.keys());
    let holder = null, sized = [];
    tools.look(data);
    window.kharita.data = data;
    const alive = () => state.latest === group;

    function draw(nodes) {
      const view = map.getBounds().pad(PAD), shown = nodes.filter((node) => view.contains([node.lat, node.lon]));
      const led = shown.find((node) => node.chosen); // the chosen place may be the one that stands for its neighbours
      if (!led && data.chosen && data.chosen.size) shown.push(data.chosen);
      const fresh = L.layerGroup();
      sized = shown.map((node) => {
        const layer = node.places ? gatheredLayer(node) : tools.pointLayer(node);
        if (!node.places) tools.hover(layer, node);
        return [layer.addTo(fresh), node];
      });
      if (led || (data.chosen && data.chosen.size)) tools.ring(fresh, led || data.chosen);
      data.points = shown.filter((node) => !node.places);
      tools.label(fresh, { ...data, points: shown, all: [...shown, ...data.areas, ...data.countries] });
      if (holder) group.removeLayer(holder);
      holder = fresh;
      group.addLayer(holder);
      document.body.dataset.points = String(shown.length);
      document.body.dataset.gathered = String(shown.filter((node) => node.places).length);
    }

    const ask = nearer(alive, (answer) => {
      const seen = new Set(data.all.map((place) => place.id));
      data.all.push(...answer.places.filter((place) => !seen.has(place.id)));
      draw(answer.nodes);
      document.body.dataset.nearer = String(answer.zoom);
    });
    const update = () => {
      if (!alive()) return;
      const zoom = Math.max(close, Math.round(map.getZoom()));
      if (zoom < packed.detail) draw(levels.get(Math.min(zoom, far)));
      else { const nodes = ask(zoom); draw(nodes || levels.get(far)); }
    };
    state.shapes.then((shapes) => {
      if (!alive()) return; // a newer answer is on the map already
      ground(group, data, shapes);
      tools.pointAt("");
      map.on("moveend", update);
      group.on("remove", () => map.off("moveend", update));
      update();
      document.body.dataset.view = "clusters";
    });
  };
})();
