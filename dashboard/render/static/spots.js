/* Several places on one spot, where one sign lies on another: a click opens a list of them. */
"use strict";
(() => {
  const { state, tools } = window.kharita;
  const SAME = 5; // pixels between the middles of signs that no finger tells apart
  const MOST = 12; // places of a list

  /* The places that stand where a place stands, most named first. */
  function onSpot(place) {
    const { map } = state, at = map.latLngToContainerPoint([place.lat, place.lon]);
    return (window.kharita.data ? window.kharita.data.points : [])
      .filter((one) => !one.dim && !one.places && at.distanceTo(map.latLngToContainerPoint([one.lat, one.lon])) <= SAME)
      .sort((a, b) => b.articles - a.articles);
  }

  function list(places) {
    const box = tools.node("div", "kh-spot");
    for (const place of places.slice(0, MOST)) {
      const button = tools.node("button", "");
      const name = tools.node("b", "", place.name);
      name.dir = "auto";
      button.type = "button";
      button.append(name, tools.node("span", "", place.note));
      button.addEventListener("click", () => { state.map.closePopup(); tools.go(place.id); });
      box.append(button);
    }
    return box;
  }

  /* Open a place's card, or the list of those that share its spot. */
  function open(place) {
    const places = place.group === "point" ? onSpot(place) : [];
    if (places.length < 2) { tools.go(place.id); return; }
    const popup = L.popup({ className: "kh-spots", closeButton: false, autoPanPadding: [12, 12], minWidth: 180, maxHeight: 260 })
      .setLatLng([place.lat, place.lon]).setContent(list(places)).openOn(state.map);
    document.body.dataset.spot = String(places.length);
    const first = popup.getElement().querySelector("button");
    if (first) first.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.map) state.map.closePopup(); });
  Object.assign(tools, { onSpot, open });
})();
