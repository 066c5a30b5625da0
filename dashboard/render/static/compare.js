/* Two selections on one map: colour says who names a place more, a triangle that only one does. */
"use strict";
(() => {
  const { state, tools, views } = window.kharita;
  const FAINT = 1, AREA = 2, CHOSEN = 4;
  const UP = 0, DOWN = 4; // numbers of the sides that stand alone

  L.Canvas.include({
    _updateTriangle(layer) {
      if (!this._drawing || layer._empty()) return;
      const { x, y } = layer._point, r = layer._radius * 1.12, down = layer.options.down ? -1 : 1, pen = this._ctx;
      pen.beginPath();
      pen.moveTo(x, y - down * r);
      pen.lineTo(x + r * 0.95, y + down * r * 0.72);
      pen.lineTo(x - r * 0.95, y + down * r * 0.72);
      pen.closePath();
      this._fillStroke(pen, layer);
    },
  });
  const Triangle = L.CircleMarker.extend({ _updatePath() { this._renderer._updateTriangle(this); } });

  function unpack(packed) {
    const [first, second] = packed.sides;
    const all = packed.rows.map(([id, name, kind, lat, lon, a, b, side, size, bits]) => ({
      id, name, group: "point", kind: "", lat, lon, articles: a + b, size, side, radius: 0, dim: false, wide: false,
      faint: Boolean(bits & FAINT), area: Boolean(bits & AREA), chosen: Boolean(bits & CHOSEN),
      lines: [packed.kinds[kind], `${first}: ${packed.numbers[a]}`, `${second}: ${packed.numbers[b]}`],
    }));
    all.sort((one, other) => other.size - one.size);
    return { points: all, areas: [], countries: [], all, rtl: packed.rtl, fit: packed.fit, chosen: all.find((one) => one.chosen) || null };
  }

  function sign(place, colours) {
    const shape = place.side === UP || place.side === DOWN ? Triangle : L.CircleMarker, soft = place.faint || place.area;
    const layer = new shape([place.lat, place.lon], {
      renderer: state.canvas, radius: place.size * tools.scale(), down: place.side === DOWN,
      color: soft ? state.colours.ink : state.colours.edge, weight: soft ? 1.1 : 1.3,
      dashArray: place.area ? "1 4" : place.faint ? "3 3" : null, lineCap: place.area ? "round" : "butt",
      fillColor: colours[place.side], fillOpacity: soft ? 0.45 : 0.92,
    });
    layer.bindTooltip(() => tools.tip(place.name, ...place.lines), { sticky: true, direction: "top", opacity: 1, className: "kh-tooltip" });
    layer.on("click", (event) => { L.DomEvent.stopPropagation(event); tools.go(place.id); });
    layer.on("mouseover", () => { state.map.getContainer().style.cursor = "pointer"; });
    layer.on("mouseout", () => { state.map.getContainer().style.cursor = ""; });
    return layer;
  }

  views.compare = (group, packed) => {
    const data = unpack(packed), { map } = state;
    tools.look(data);
    window.kharita.data = data;
    const drawn = data.points.map((place) => [sign(place, packed.colours).addTo(group), place.size]);
    const resize = () => drawn.forEach(([layer, size]) => layer.setRadius(size * tools.scale()));
    map.on("zoomend", resize);
    group.on("remove", () => map.off("zoomend", resize));
    if (data.chosen) tools.ring(group, data.chosen);
    tools.label(group, data);
    document.body.dataset.compared = String(data.points.length);
    document.body.dataset.view = "compare";
  };
})();
