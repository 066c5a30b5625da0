/* Time on the map: which places are named in a window that ends at a moment, drawn over all else. */
"use strict";
(() => {
  const { state, tools } = window.kharita;
  const FAINT = 1;
  const NAMED = 10; // places of a frame that have their names beside them, at most
  const OLDEST = 0.3; // opacity of what was named only at the far end of the window
  let film = null, layers = null;

  function pane() {
    const { map } = state;
    if (!map.getPane("play")) { map.createPane("play").style.zIndex = 450; map.createPane("playnames").style.zIndex = 660; }
    return L.canvas({ pane: "play", padding: 0.3 });
  }

  /* Places come with what changes: steps to the next bin that names them, and how often. */
  function unpack(packed) {
    const length = packed.bins.length;
    const places = packed.places.map(([id, name, kind, lat, lon, bits, runs]) => {
      const sums = new Float64Array(length + 1), last = new Int32Array(length).fill(-1e6);
      for (let i = 0, at = -1; i < runs.length; i += 2) { at += runs[i]; sums[at + 1] = runs[i + 1]; last[at] = at; }
      for (let i = 0; i < length; i += 1) { sums[i + 1] += sums[i]; if (i && last[i] < 0) last[i] = last[i - 1]; }
      const [label, colour] = packed.kinds[kind];
      return { id, name, label, colour, lat, lon, faint: Boolean(bits & FAINT), sums, last };
    });
    const total = new Float64Array(length + 1);
    packed.totals.forEach((count, at) => { total[at + 1] = total[at] + count; });
    return { ...packed, places, total };
  }

  function mark(place, renderer) {
    const layer = L.circleMarker([place.lat, place.lon], {
      renderer, pane: "play", radius: 0, fillColor: place.colour, color: place.faint ? place.colour : state.colours.edge,
      weight: 1.2, dashArray: place.faint ? "3 3" : null,
    });
    layer.bindTooltip(() => tools.tip(place.name, `${place.label} · ${film.counts[place.now] || place.now}`),
      { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
    layer.on("click", (event) => { L.DomEvent.stopPropagation(event); tools.go(place.id); });
    return layer;
  }

  async function load(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    film = unpack(await answer.json());
    return film;
  }

  function show(at, wide) {
    if (!film) return 0;
    const { map } = state, from = Math.max(0, at - wide + 1);
    if (film.days) { // journeys: the arcs of these days
      map.getContainer().classList.add("kh-playing-arcs");
      const drawn = window.kharita.showDays ? window.kharita.showDays(film.days[from][0], film.days[at][1]) : 0;
      document.body.dataset.playing = `${at}/${drawn}`;
      return film.total[at + 1] - film.total[from];
    }
    if (!layers) {
      const renderer = pane();
      layers = { group: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map), all: film.places.map((place) => mark(place, renderer)) };
      map.getContainer().classList.add("kh-playing");
    }
    let drawn = 0;
    film.places.forEach((place, number) => {
      const layer = layers.all[number], count = place.sums[at + 1] - place.sums[from];
      place.now = count;
      if (!count) { layers.group.removeLayer(layer); return; }
      const age = (at - place.last[at]) / wide, fresh = 1 - (1 - OLDEST) * age;
      layer.setStyle({ fillOpacity: (place.faint ? 0.35 : 0.85) * fresh, opacity: fresh });
      layer.setRadius(film.radius[0] + (film.radius[1] - film.radius[0]) * Math.sqrt(Math.min(1, count / film.most)));
      if (!layers.group.hasLayer(layer)) layers.group.addLayer(layer);
      drawn += 1;
    });
    name(film.places.filter((place) => place.now).sort((a, b) => b.now - a.now));
    document.body.dataset.playing = `${at}/${drawn}`;
    return film.total[at + 1] - film.total[from];
  }

  /* Names of the most named places of a frame, where they do not lie on each other. */
  function name(ranked) {
    const { map } = state, taken = [];
    layers.names.clearLayers();
    for (const place of ranked) {
      if (taken.length >= NAMED) break;
      const at = map.latLngToContainerPoint([place.lat, place.lon]), gap = 6 + film.radius[0] + (film.radius[1] - film.radius[0]) * Math.sqrt(Math.min(1, place.now / film.most));
      const box = [at.x, at.y - 9, at.x + gap + place.name.length * 7.4 + 8, at.y + 9];
      if (taken.some((other) => tools.meets(box, other))) continue;
      taken.push(box);
      const text = tools.node("span", "kh-label", place.name), holder = tools.node("div", "kh-right");
      text.dir = "auto";
      holder.style.setProperty("--gap", `${gap}px`);
      holder.append(text);
      L.marker([place.lat, place.lon], { icon: L.divIcon({ html: holder, className: "kh-anchor", iconSize: [0, 0] }), pane: "playnames", interactive: false, keyboard: false }).addTo(layers.names);
    }
  }

  /* What the frame shows, for the list beside the map. */
  function places() {
    return film ? film.places.filter((place) => place.now).map((place) => [place.id, place.now, place.name, place.label, place.colour]) : [];
  }

  function stop() {
    if (layers) { layers.group.remove(); layers.names.remove(); }
    layers = film = null;
    if (state.map) state.map.getContainer().classList.remove("kh-playing", "kh-playing-arcs");
    if (window.kharita.showDays) window.kharita.showDays(null, null);
    delete document.body.dataset.playing;
  }

  window.kharita.play = { load, places, show, stop };
  document.addEventListener("keydown", (event) => { // keys pressed on the map reach the clock in the page
    if (film && [".", ",", " ", "Escape"].includes(event.key)) window.parent.document.dispatchEvent(new KeyboardEvent("keydown", { key: event.key }));
  });
})();
