/* A base map of the user's own, over the land and under the places: pictures as they are, vectors in the theme's colours. */
"use strict";
(() => {
  const { state } = window.kharita;
  const AREAS = { land: "land", green: "line", water: "sea", building: "line_strong" };
  const LINES = { river: ["river", 1], road: ["line_strong", 0.8], border: ["border", 1.2], water: ["sea", 1] };

  const MOST = 2048; // pixels of a tile's side

  function path(pen, rings, scale) {
    for (const ring of rings) ring.forEach(([x, y], at) => pen[at ? "lineTo" : "moveTo"](x * scale, y * scale));
  }

  function draw(canvas, { extent, shapes }, side) {
    const pen = canvas.getContext("2d"), scale = side / extent, taken = [];
    const { colours } = state;
    for (const [drawn, type, coordinates, name] of shapes) {
      pen.beginPath();
      if (type.endsWith("Polygon") && AREAS[drawn]) {
        for (const rings of type === "Polygon" ? [coordinates] : coordinates) path(pen, rings, scale);
        pen.fillStyle = colours[AREAS[drawn]];
        pen.fill("evenodd");
      } else if (type.endsWith("LineString") && LINES[drawn]) {
        path(pen, type === "LineString" ? [coordinates] : coordinates, scale);
        [pen.strokeStyle, pen.lineWidth] = [colours[LINES[drawn][0]], LINES[drawn][1]];
        pen.stroke();
      } else if (type === "Point" && name) {
        const x = coordinates[0] * scale, y = coordinates[1] * scale, half = name.length * 3.1;
        if (x < half || x > side - half || y < 8 || y > side - 8) continue; // it would be cut at the tile's edge
        const box = [x - half, y - 8, x + half, y + 8];
        if (taken.some((other) => window.kharita.tools.meets(box, other))) continue;
        taken.push(box);
        pen.font = '11.5px "IBM Plex Sans", "IBM Plex Sans Arabic", system-ui, sans-serif';
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        [pen.strokeStyle, pen.lineWidth, pen.fillStyle] = [colours.halo, 3, colours.muted];
        pen.strokeText(name, x, y);
        pen.fillText(name, x, y);
      }
    }
  }

  const Vectors = L.GridLayer.extend({
    createTile(at, done) {
      const canvas = document.createElement("canvas"), { x: side } = this.getTileSize();
      const pixels = Math.min(MOST, side * (window.devicePixelRatio || 1)); // beyond its last zoom a tile grows, and its canvas can't
      canvas.width = canvas.height = pixels;
      canvas.getContext("2d").scale(pixels / side, pixels / side);
      fetch(`${this.options.address}/${at.z}/${at.x}/${at.y}?ui=${window.parent.document.documentElement.lang || "en"}`)
        .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.status === 204 ? null : answer.json(); })
        .then((found) => {
          if (found) { draw(canvas, found, side); document.body.dataset.own = String(Number(document.body.dataset.own || 0) + 1); }
          done(null, canvas);
        })
        .catch((problem) => done(problem, canvas));
      return canvas;
    },
  });

  /* Lay the tiles between the land and the places. */
  window.kharita.ownTiles = (map, own) => {
    const pane = map.createPane("own");
    pane.style.zIndex = 210;
    pane.style.pointerEvents = "none";
    if (!own.vector && document.documentElement.dataset.theme === "dark") pane.style.filter = "invert(1) hue-rotate(180deg) brightness(.85)";
    const text = document.createElement("span");
    text.textContent = own.attribution;
    const options = { pane: "own", address: own.address, minNativeZoom: own.lowest, maxNativeZoom: own.highest, maxZoom: 19, attribution: text.innerHTML };
    const layer = own.vector ? new Vectors(options) : L.tileLayer(`${own.address}/{z}/{x}/{y}`, options);
    if (!own.vector) layer.on("tileload", () => { document.body.dataset.own = String(Number(document.body.dataset.own || 0) + 1); });
    layer.addTo(map);
  };
})();
