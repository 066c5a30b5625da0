/* Areas: searching what is in view, drawing a shape, and a thin line round the area that is in force.
   What the user asks for goes to the page as a change of its address; moving the map asks nobody. */
"use strict";
(() => {
  const JUST_NOW_MS = 1500; // a move this soon after the user's hand is the user's
  const NEAR_PX = 12, STILL_PX = 5;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const ask = { map: null, words: {}, touched: 0, here: null, drawing: null, draw: null };

  const send = (changes) => window.parent.document.dispatchEvent(new CustomEvent("kharita:set", { detail: changes }));
  const look = () => ({ renderer: kharita.state.canvas, color: kharita.state.colours.accent, weight: 1.6, fill: false, interactive: false });

  function made(tag, name, parent) {
    const node = document.createElement(tag);
    node.className = name;
    if (tag === "button") node.type = "button";
    parent.append(node);
    return node;
  }

  const wrapped = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const short = (degrees) => String(Number(degrees.toFixed(4)));

  function frame() {
    const view = ask.map.getBounds();
    const whole = view.getEast() - view.getWest() >= 360;
    const [west, east] = whole ? [-180, 180] : [wrapped(view.getWest()), wrapped(view.getEast())];
    return [Math.max(-90, view.getSouth()), west, Math.min(90, view.getNorth()), east].map(short).join(",");
  }

  /* Each corner as steps from the one before, in ten-thousandths of a degree; see query/areas.py. */
  function coded(corners) {
    const turn = wrapped(corners[0].lng) - corners[0].lng;
    let letters = "", before = [0, 0];
    for (const corner of corners) {
      const now = [corner.lat, corner.lng + turn].map((degrees) => Math.round(degrees * 1e4));
      for (const at of [0, 1]) {
        const step = now[at] - before[at];
        let rest = step < 0 ? ~(step << 1) : step << 1;
        for (; rest >= 32; rest >>= 5) letters += LETTERS[32 | (rest & 31)];
        letters += LETTERS[rest];
      }
      before = now;
    }
    return letters;
  }

  /* The frame joins the address, so that a copied link opens it; nobody is asked. */
  function remember() {
    const page = window.parent, address = new URL(page.location.href), at = ask.map.getCenter();
    address.searchParams.set("frame", [short(at.lat), short(wrapped(at.lng)), String(ask.map.getZoom())].join(","));
    ask.frame = address.searchParams.get("frame");
    page.history.replaceState(page.history.state, "", address);
  }

  /* A visit to another part of the page leaves the map where it is, and so does its address. */
  function keepFrame() {
    const address = new URL(window.parent.location.href);
    if (!ask.frame || address.searchParams.get("frame") === ask.frame) return;
    address.searchParams.set("frame", ask.frame);
    window.parent.history.replaceState(window.parent.history.state, "", address);
  }

  /* How many places lie outside the frame, with a way there; nothing when all are in it. */
  function outside() {
    if (!ask.away || !window.kharita.data) return;
    const view = ask.map.getBounds(), { points, areas } = window.kharita.data;
    const beyond = [...points, ...areas].filter((place) => !place.dim && !view.contains([place.lat, place.lon]));
    const count = beyond.reduce((sum, place) => sum + (place.places || 1), 0);
    ask.away.hidden = !count;
    ask.away.textContent = ask.words.outside.replace("#", String(count).replace(/\d/g, (digit) => ask.digits[Number(digit)]));
    document.body.dataset.outside = String(count);
  }

  function install(map) {
    ask.map = map;
    const box = map.getContainer();
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(box); // what is in view must be known
    const touched = () => { ask.touched = Date.now(); };
    for (const name of ["wheel", "dblclick"]) box.addEventListener(name, touched, { passive: true });
    box.addEventListener("keydown", (event) => { if (/^Arrow|^[-+=_]$/.test(event.key)) touched(); });
    box.addEventListener("touchmove", (event) => { if (event.touches.length > 1) touched(); }, { passive: true });
    box.addEventListener("click", (event) => { if (event.target.closest(".leaflet-control-zoom")) touched(); });
    map.on("dragend", touched);
    map.on("moveend", () => {
      outside();
      if (Date.now() - ask.touched >= JUST_NOW_MS) return;
      if (!ask.drawing) ask.here.hidden = false;
      remember();
    });
    ask.here = made("button", "kh-here", box);
    ask.here.hidden = true;
    ask.here.addEventListener("click", () => {
      ask.here.hidden = true;
      ask.touched = 0;
      send({ box: frame(), near: "", shape: "" });
    });
    L.DomEvent.disableClickPropagation(ask.here);
    const away = L.control({ position: "bottomleft" });
    away.onAdd = () => {
      ask.away = document.createElement("button");
      Object.assign(ask.away, { type: "button", className: "kh-away", hidden: true });
      ask.away.addEventListener("click", () => {
        const { points, areas } = window.kharita.data, all = [...points, ...areas].filter((place) => !place.dim);
        ask.touched = Date.now();
        if (all.length) map.fitBounds(L.latLngBounds(all.map((place) => [place.lat, place.lon])), { padding: [44, 44], maxZoom: 7, animate: false });
      });
      L.DomEvent.disableClickPropagation(ask.away);
      return ask.away;
    };
    away.addTo(map);
    map.on("kharita:labelled", outside);
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = document.createElement("div");
      bar.className = "leaflet-bar";
      ask.draw = made("a", "kh-draw-button", bar);
      Object.assign(ask.draw, { href: "#", role: "button" });
      ask.draw.addEventListener("click", (event) => { event.preventDefault(); if (ask.drawing) leave(); else begin(); });
      ask.home = made("a", "kh-home-button", bar);
      Object.assign(ask.home, { href: "#", role: "button" });
      ask.home.addEventListener("click", (event) => { event.preventDefault(); ask.touched = Date.now(); kharita.tools.home(); });
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(map);
  }

  /* Drawing: a sheet over the map takes the clicks; dragging and the wheel still move the map. */
  function begin() {
    const box = ask.map.getContainer(), corners = [];
    const sheet = made("div", "kh-sheet", box), help = made("div", "kh-help", box);
    help.dir = ask.rtl ? "rtl" : "ltr";
    made("span", "", help).textContent = ask.words.help;
    const done = made("button", "", help), quit = made("button", "", help);
    done.textContent = ask.words.done;
    quit.textContent = ask.words.cancel;
    L.DomEvent.disableClickPropagation(help);
    const line = L.polygon([], { ...look(), dashArray: "4 4" }).addTo(ask.map), dots = L.layerGroup().addTo(ask.map);
    ask.here.hidden = true;
    ask.map.doubleClickZoom.disable();
    let pressed = null;
    const show = () => {
      line.setLatLngs(corners);
      dots.clearLayers();
      corners.forEach((corner) => L.circleMarker(corner, { ...look(), radius: 4, fill: true, fillOpacity: 1 }).addTo(dots));
      done.disabled = corners.length < 3;
    };
    const away = (corner, at) => ask.map.latLngToContainerPoint(corner).distanceTo(at);
    const add = (at) => {
      if (corners.length && away(corners[corners.length - 1], at) < STILL_PX) return;
      if (corners.length >= 3 && away(corners[0], at) < NEAR_PX) { finish(); return; }
      corners.push(ask.map.containerPointToLatLng(at));
      show();
    };
    const finish = () => {
      if (corners.length < 3) return;
      leave();
      send({ shape: coded(corners), box: "", near: "" });
    };
    const keys = (event) => {
      const acts = {
        Escape: leave,
        Enter: finish,
        Backspace: () => { corners.pop(); show(); },
        " ": () => add(ask.map.getSize().divideBy(2)),
      };
      if (event.target.closest("button, a") && event.key !== "Escape") return;
      if (event.key.startsWith("Arrow")) sheet.classList.add("kh-keys");
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    };
    sheet.addEventListener("pointerdown", (event) => { pressed = L.point(event.clientX, event.clientY); });
    sheet.addEventListener("click", (event) => {
      event.stopPropagation();
      const at = L.point(event.clientX, event.clientY);
      if (pressed && pressed.distanceTo(at) < STILL_PX) add(ask.map.mouseEventToContainerPoint(event));
    });
    sheet.addEventListener("dblclick", (event) => { event.stopPropagation(); finish(); });
    box.addEventListener("keydown", keys);
    done.addEventListener("click", finish);
    quit.addEventListener("click", () => leave());
    ask.drawing = () => {
      box.removeEventListener("keydown", keys);
      [sheet, help].forEach((node) => node.remove());
      [line, dots].forEach((layer) => layer.remove());
      ask.map.doubleClickZoom.enable();
    };
    ask.draw.setAttribute("aria-pressed", "true");
    show();
    box.focus({ preventScroll: true });
  }

  function leave() {
    if (ask.drawing) ask.drawing();
    ask.drawing = null;
    ask.draw.setAttribute("aria-pressed", "false");
  }

  /* What Leaflet says in English of its own accord: the scale's units and the names of two buttons. */
  L.Control.Scale.include({
    _updateMetric(most) {
      const metres = this._getRoundNum(most), short = metres < 1000, words = ask.words;
      const number = String(short ? metres : metres / 1000).replace(/\d/g, (digit) => (ask.digits || "0123456789")[digit]);
      this._updateScale(this._mScale, `${number} ${short ? words.m || "m" : words.km || "km"}`, metres / most);
    },
  });

  function named(map) {
    const zoom = map.zoomControl;
    for (const [button, said] of zoom ? [[zoom._zoomInButton, ask.words.zoom_in], [zoom._zoomOutButton, ask.words.zoom_out]] : []) {
      button.title = said;
      button.setAttribute("aria-label", said);
    }
    map.fire("move"); // the scale is written anew
  }

  function area(group, data) {
    if (ask.map !== kharita.state.map) install(kharita.state.map);
    Object.assign(ask, { words: data.words, rtl: data.rtl, digits: data.digits });
    keepFrame();
    outside();
    named(ask.map);
    ask.home.title = data.words.home;
    ask.home.setAttribute("aria-label", data.words.home);
    ask.away.dir = data.rtl ? "rtl" : "ltr";
    ask.away.title = data.words.all_in_view;
    ask.here.textContent = data.words.here;
    ask.here.hidden = true;
    ask.draw.title = data.words.draw;
    ask.draw.setAttribute("aria-label", data.words.draw);
    for (const [south, west, north, east] of data.frames) L.rectangle([[south, west], [north, east]], look()).addTo(group);
    if (data.circle) L.circle([data.circle[0], data.circle[1]], { ...look(), radius: data.circle[2] * 1000 }).addTo(group);
    if (data.shape) L.polygon(data.shape, look()).addTo(group);
    document.body.dataset.areas = [data.frames.length && "box", data.circle && "near", data.shape && "shape"].filter(Boolean).join(" ");
  }

  window.kharita.area = area;
})();
