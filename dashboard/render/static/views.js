/* What the views of the map share beyond the places themselves. */
"use strict";
(() => {
  const { state, tools } = window.kharita;
  const NEAR = 12; // pixels within which the pointer means a place that has no sign of its own

  function nearestOf(places, at) {
    let found = null, least = NEAR;
    for (const place of places) {
      const away = at.distanceTo(state.map.latLngToContainerPoint([place.lat, place.lon])) - (place.size || 0);
      if (away < least) [found, least] = [place, away];
    }
    return found;
  }

  /* A box of words: a name and lines below it, all of it text. */
  function tip(name, ...lines) {
    const box = tools.node("div", "kh-tip"), head = tools.node("b", "", name);
    head.dir = "auto";
    box.append(head, ...lines.filter(Boolean).map((line) => tools.node("span", "", line)));
    return box;
  }

  /* Lets places without a sign be pointed at and clicked. */
  function sense(group, places) {
    const { map } = state, shown = L.tooltip({ direction: "top", opacity: 1, className: "kh-tooltip", offset: [0, -8] });
    let over = null;
    const move = (event) => {
      const place = nearestOf(places, event.containerPoint);
      if (place === over) return;
      over = place;
      map.getContainer().style.cursor = place ? "pointer" : "";
      if (place) shown.setLatLng([place.lat, place.lon]).setContent(tip(place.name, place.note)).addTo(map);
      else shown.remove();
    };
    const click = (event) => { const place = nearestOf(places, event.containerPoint); if (place) tools.go(place.id); };
    map.on("mousemove", move).on("click", click);
    group.on("remove", () => { map.off("mousemove", move).off("click", click); shown.remove(); map.getContainer().style.cursor = ""; });
  }

  Object.assign(tools, { nearestOf, sense, tip });
})();
