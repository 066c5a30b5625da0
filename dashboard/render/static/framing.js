/* Which part of the world is in view: fitted once to what is shown, beside the legend and above a sheet. */
"use strict";
(() => {
  const { state, tools } = window.kharita;
  const LEAST = 90; // pixels of a part of the map that something can be fitted into

  /* The frame that the address names: centre and zoom, whatever the size of the window. */
  function framed() {
    const found = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?),(\d{1,2}(?:\.\d+)?)$/.exec(new URLSearchParams(window.parent.location.search).get("frame") || "");
    if (found) state.map.setView([Number(found[1]), Number(found[2])], Number(found[3]), { animate: false });
    return Boolean(found);
  }

  /* How much of the map a sheet covers from below, in pixels. */
  const covered = () => (window.parent.khCovered ? window.parent.khCovered() : 0);

  /* The box of the open legend in the map's own pixels; null where none is open. */
  function legendBox() {
    const legend = window.parent.document.querySelector(".kh-legend[open]"), frame = window.frameElement;
    if (!legend || !frame) return null;
    const box = legend.getBoundingClientRect(), own = frame.getBoundingClientRect();
    return box.width ? [box.left - own.left - 8, box.top - own.top - 8, box.right - own.left + 8, box.bottom - own.top + 8] : null;
  }

  /* Back to where what is shown lies, as near as it fits beside the legend and above a sheet. */
  function home() {
    const { map } = state;
    if (!state.home) return;
    const bounds = L.latLngBounds(state.home), box = legendBox(), frame = map.getSize(), below = 44 + covered();
    const inside = (state.shown || []).filter((place) => place.group === "point" && bounds.contains([place.lat, place.lon]));
    const rooms = [[[44, 44], [44, below]]];
    if (box) rooms.push([[44, 44], [44, below + frame.y - box[1]]], box[0] > frame.x / 2 ? [[44, 44], [44 + frame.x - box[0], below]] : [[44 + box[2], 44], [44, below]]);
    const roomy = rooms.filter(([topLeft, bottomRight]) => frame.x - topLeft[0] - bottomRight[0] > LEAST && frame.y - topLeft[1] - bottomRight[1] > LEAST);
    const tries = (roomy.length ? roomy : [[[12, 12], [12, 12]]]).map(([topLeft, bottomRight]) => {
      const room = L.point(topLeft).add(bottomRight), zoom = Math.min(7, map.getBoundsZoom(bounds, false, room));
      const middle = map.project(bounds.getCenter(), zoom).add(L.point(bottomRight).subtract(topLeft).divideBy(2));
      const corner = middle.subtract(frame.divideBy(2));
      const hidden = !box ? 0 : inside.filter((place) => {
        const at = map.project([place.lat, place.lon], zoom).subtract(corner);
        return at.x > box[0] && at.x < box[2] && at.y > box[1] && at.y < box[3];
      }).length;
      return { zoom, middle, hidden };
    });
    const best = tries.reduce((one, other) => (other.hidden < one.hidden || (other.hidden === one.hidden && other.zoom > one.zoom) ? other : one));
    map.setView(map.unproject(best.middle, best.zoom), best.zoom, { animate: false });
    state.settled = true; // until somebody moves the map
  }

  /* The sheet has risen or sunk: what was chosen comes into the part that is seen, or else all that the map was fitted to. */
  function uncover() {
    const { data } = window.kharita;
    if (data && data.chosen) reveal(data.chosen);
    else if (state.settled) home();
  }

  /* Bring a place into the part of the map that is seen, unless it is there. */
  function reveal(place) {
    const { map } = state, frame = map.getSize(), free = frame.y - covered(), at = map.latLngToContainerPoint([place.lat, place.lon]);
    const [x, y] = [0.04 * frame.x, 0.04 * free];
    if (free < 60 || (at.x > x && at.x < frame.x - x && at.y > y && at.y < free - y)) return;
    const middle = map.project([place.lat, place.lon]).add([0, (frame.y - free) / 2]);
    map.panTo(map.unproject(middle), { animate: true, duration: 0.35 });
  }

  function look(data) {
    const map = state.map;
    state.home = data.fit;
    state.shown = data.all || [];
    if (!state.fitted && data.fit) {
      state.fitted = true;
      map.invalidateSize();
      if (!framed()) home();
    } else if (data.fit && String(data.fit) !== state.fit) {
      const view = map.getBounds();
      const seen = data.all ? data.all.some((place) => view.contains([place.lat, place.lon])) : view.intersects(data.fit);
      if (!seen) home(); // what is shown now lies elsewhere
    }
    state.fit = String(data.fit);
    const chosen = data.chosen;
    if (chosen && chosen.id !== state.focus && state.focus !== null) reveal(chosen);
    state.focus = chosen ? chosen.id : "";
  }

  Object.assign(tools, { home, look, reveal, uncover });
})();
