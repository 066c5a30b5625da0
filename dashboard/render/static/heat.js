/* Heat: weights are summed on a coarse grid, blurred there, coloured, and stretched smoothly over the map. */
"use strict";
(() => {
  const { state, tools, views } = window.kharita;
  const CELL = 4; // pixels of the screen in one cell of the grid
  const PAD = 0.3; // of the view, drawn beyond each edge, so that a pan meets no blank
  const PASSES = 4; // box blurs: that many come close to a bell
  const SOFT = 0.42; // exponent that lets small news be seen beside big news
  const LEAST = 0.06; // share of the peak below which nothing is drawn
  const NAMED_SIZE = 4; // pixels that a name keeps from its place

  const spread = (zoom) => Math.max(2, Math.min(6, Math.round(0.8 + zoom * 0.4))); // cells on each side of a blur

  function unpackCells(heat) {
    const count = heat.cells.length / 3;
    const x = new Float64Array(count), y = new Float64Array(count), weight = new Float64Array(count);
    for (let i = 0, at = 0; i < count; i += 1) {
      at += heat.cells[3 * i];
      x[i] = (at + 0.5) / heat.size;
      y[i] = (heat.cells[3 * i + 1] + 0.5) / heat.size;
      weight[i] = heat.cells[3 * i + 2] / heat.unit;
    }
    return { x, y, weight, count };
  }

  function blurLine(from, to, start, stride, length, reach) {
    let sum = 0;
    const wide = 2 * reach + 1;
    for (let i = -reach; i < length; i += 1) {
      const ahead = i + reach, behind = i - reach - 1;
      if (ahead < length) sum += from[start + ahead * stride];
      if (behind >= 0) sum -= from[start + behind * stride];
      if (i >= 0) to[start + i * stride] = sum / wide;
    }
  }

  function blur(grid, wide, high, reach) {
    const other = new Float32Array(grid.length);
    for (let pass = 0; pass < PASSES; pass += 1) {
      for (let row = 0; row < high; row += 1) blurLine(grid, other, row * wide, 1, wide, reach);
      for (let column = 0; column < wide; column += 1) blurLine(other, grid, column, wide, high, reach);
    }
  }

  /* The heaviest cluster anywhere at this zoom, so that colours stay when the map is moved. */
  function peak(points, zoom, reach) {
    const across = 256 * 2 ** zoom / (CELL * (2 * reach + 1)), sums = new Map();
    let most = 0;
    for (let i = 0; i < points.count; i += 1) {
      const key = Math.floor(points.x[i] * across) * 4194304 + Math.floor(points.y[i] * across);
      const sum = (sums.get(key) || 0) + points.weight[i];
      sums.set(key, sum);
      if (sum > most) most = sum;
    }
    const middle = 0.68 / (2 * reach + 1); // what the blurs leave in the middle of a single spike, each way
    return most * middle * middle;
  }

  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

  function colourTable(ramp) {
    const table = new Uint8ClampedArray(256 * 4), stops = ramp.map(channels);
    for (let i = 0; i < 256; i += 1) {
      const at = i / 255 * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(at)), share = at - low;
      for (let c = 0; c < 3; c += 1) table[4 * i + c] = stops[low][c] + (stops[low + 1][c] - stops[low][c]) * share;
      table[4 * i + 3] = 255 * Math.min(0.86, 0.1 + 1.5 * i / 255);
    }
    return table;
  }

  const HeatLayer = L.Layer.extend({
    initialize(points, ramp) { this._points = points; this._table = colourTable(ramp); },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "kh-heat leaflet-zoom-animated");
      this._canvas.setAttribute("aria-hidden", "true");
      this.getPane("overlayPane").prepend(this._canvas);
      map.on("moveend resize", this._draw, this);
      if (map._zoomAnimated) map.on("zoomanim", this._animate, this);
      this._draw();
    },
    onRemove(map) {
      map.off("moveend resize", this._draw, this);
      map.off("zoomanim", this._animate, this);
      this._canvas.remove();
    },
    setPoints(points, top) { this._points = points; this._top = top; this._draw(); },
    _animate(event) {
      const scale = this._map.getZoomScale(event.zoom, this._map.getZoom());
      const at = this._map._latLngBoundsToNewLayerBounds(this._bounds, event.zoom, event.center).min;
      L.DomUtil.setTransform(this._canvas, at, scale);
    },
    _draw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize(), zoom = map.getZoom(), reach = spread(zoom), pad = size.multiplyBy(PAD)._round();
      const wide = Math.ceil((size.x + 2 * pad.x) / CELL), high = Math.ceil((size.y + 2 * pad.y) / CELL);
      const corner = map.containerPointToLayerPoint([-pad.x, -pad.y]);
      this._bounds = L.latLngBounds(map.containerPointToLatLng([-pad.x, -pad.y]),
        map.containerPointToLatLng([size.x + pad.x, size.y + pad.y]));
      const grid = this._gathered(wide, high, map.getPixelBounds().min.subtract(pad), 256 * 2 ** zoom);
      blur(grid, wide, high, reach);
      this._paint(grid, wide, high, this._top || peak(this._points, zoom, reach));
      L.DomUtil.setPosition(this._canvas, corner);
      this._canvas.style.width = `${wide * CELL}px`;
      this._canvas.style.height = `${high * CELL}px`;
    },
    _gathered(wide, high, corner, world) {
      const grid = new Float32Array(wide * high), { x, y, weight, count } = this._points;
      for (let i = 0; i < count; i += 1) {
        const across = (x[i] * world - corner.x) / CELL - 0.5, down = (y[i] * world - corner.y) / CELL - 0.5;
        const left = Math.floor(across), top = Math.floor(down);
        if (left < 0 || top < 0 || left >= wide - 1 || top >= high - 1) continue;
        const right = across - left, below = down - top, at = top * wide + left;
        grid[at] += weight[i] * (1 - right) * (1 - below);
        grid[at + 1] += weight[i] * right * (1 - below);
        grid[at + wide] += weight[i] * (1 - right) * below;
        grid[at + wide + 1] += weight[i] * right * below;
      }
      return grid;
    },
    _paint(grid, wide, high, top) {
      Object.assign(this._canvas, { width: wide, height: high });
      const pen = this._canvas.getContext("2d"), image = pen.createImageData(wide, high);
      let inked = 0;
      for (let i = 0; i < grid.length; i += 1) {
        const share = top > 0 ? grid[i] / top : 0;
        if (share < LEAST * LEAST) continue;
        const level = Math.min(1, share ** SOFT);
        const at = 4 * Math.round(255 * Math.max(0, (level - LEAST) / (1 - LEAST)));
        image.data.set(this._table.subarray(at, at + 4), 4 * i);
        inked += 1;
      }
      pen.putImageData(image, 0, 0);
      document.body.dataset.heat = String(inked);
    },
  });

  function heat(group, packed) {
    const data = tools.unpack(packed.places);
    tools.look(data);
    for (const place of data.points) place.size = NAMED_SIZE;
    Object.assign(data, { all: data.points, areas: [], countries: [], chosen: data.points.find((one) => one.chosen) || null });
    window.kharita.data = data;
    new HeatLayer(unpackCells(packed.heat), packed.ramp).addTo(group);
    if (data.chosen) tools.ring(group, data.chosen);
    tools.label(group, data);
    tools.sense(group, data.points);
    document.body.dataset.view = "heat";
  }

  views.heat = heat;
  window.kharita.HeatLayer = HeatLayer;
})();
