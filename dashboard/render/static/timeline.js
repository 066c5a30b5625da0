/* The timeline's brush, and the passage of time: the page keeps the clock, the map draws what it shows. */
export default function (component) {
  const { data } = component, page = window;
  const time = (page.khTime ||= { playing: null, brush: null });
  time.data = data;
  if (time.refresh) {
    time.refresh();
    return;
  }

  const THRESHOLD = 5; // pixels that make a drag of a press
  const TICK = 900; // milliseconds that a frame stands at the slowest speed
  const SPEEDS = [1, 2, 4];
  const query = (selector) => document.querySelector(selector);
  const bars = () => query(".kh-time-bars");
  const starts = (holder) => holder.dataset.starts.split(",");
  const rtl = () => getComputedStyle(bars()).direction === "rtl";
  const still = () => page.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const earlier = (day) => new Date(Date.parse(day) - 86400000).toISOString().slice(0, 10);

  function indexAt(holder, x) {
    const box = holder.getBoundingClientRect(), share = (x - box.left) / box.width, count = holder.children.length - holder.querySelectorAll(".kh-brush").length;
    const at = Math.floor((rtl() ? 1 - share : share) * count);
    return Math.max(0, Math.min(count - 1, at));
  }

  function days(holder, from, to) {
    const first = starts(holder), end = first[to + 1] ? earlier(first[to + 1]) : holder.dataset.last;
    const clip = (day) => (day < holder.dataset.first ? holder.dataset.first : day > holder.dataset.last ? holder.dataset.last : day);
    return [clip(first[from]), clip(end)];
  }

  /* A span over the bars; `text` is what it says above itself. */
  function span(holder, name, from, to, text) {
    let mark = holder.querySelector(`.${name}`);
    if (!mark) {
      mark = document.createElement("div");
      mark.className = `kh-brush ${name}`;
      holder.append(mark);
    }
    const count = starts(holder).length;
    mark.style.insetInlineStart = `${100 * from / count}%`;
    mark.style.inlineSize = `${100 * (to - from + 1) / count}%`;
    mark.dataset.said = text;
    mark.classList.toggle("kh-brush-late", (from + to) / 2 > count / 2);
    return mark;
  }

  function said(from, to) {
    const form = new Intl.DateTimeFormat(time.data.language === "en" ? "en-GB" : time.data.language, { dateStyle: "medium", timeZone: "UTC", numberingSystem: time.data.numerals });
    return from === to ? form.format(new Date(from)) : form.formatRange(new Date(from), new Date(to));
  }

  function show(holder, a, b) {
    const from = Math.min(a, b), to = Math.max(a, b), [first, last] = days(holder, from, to);
    span(holder, "kh-brush-new", from, to, said(first, last));
  }

  function clear() {
    time.brush = null;
    document.querySelectorAll(".kh-brush-new").forEach((mark) => mark.remove());
  }

  function apply(holder, a, b) {
    const [first, last] = days(holder, Math.min(a, b), Math.max(a, b)), address = new URLSearchParams(page.location.search);
    for (const name of ["article", "mention", "from", "to", "undated"]) address.delete(name);
    const { before, after } = holder.dataset;
    if (first > holder.dataset.first || last < holder.dataset.last || before || after) {
      address.set("from", first);
      if (last < holder.dataset.last || after) address.set("to", last); // a range up to the last bar goes on with what comes
    }
    page.khVisit(`?${address}`);
    page.setTimeout(clear, 1500);
  }

  document.addEventListener("pointerdown", (event) => {
    const holder = event.target instanceof Element && event.target.closest(".kh-time-bars");
    if (!holder || event.button) return;
    time.brush = { holder, x: event.clientX, at: indexAt(holder, event.clientX), drawn: false };
  });
  document.addEventListener("pointermove", (event) => {
    const { brush } = time;
    if (!brush || brush.keys || (!brush.drawn && Math.abs(event.clientX - brush.x) < THRESHOLD)) return;
    brush.drawn = true;
    event.preventDefault();
    show(brush.holder, brush.at, indexAt(brush.holder, event.clientX));
  });
  document.addEventListener("pointerup", (event) => {
    const { brush } = time;
    if (!brush || brush.keys) return;
    time.brush = null;
    if (!brush.drawn) return;
    const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
    document.addEventListener("click", swallow, { capture: true, once: true });
    page.setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 60);
    apply(brush.holder, brush.at, indexAt(brush.holder, event.clientX));
  });
  document.addEventListener("pointercancel", clear);
  document.addEventListener("dragstart", (event) => { if (event.target instanceof Element && event.target.closest(".kh-time-bars")) event.preventDefault(); });

  /* Keys among the bars: arrows go from bar to bar, with Shift they brush, Enter keeps to what is brushed. */
  function barKeys(event, holder) {
    const forward = rtl() ? "ArrowLeft" : "ArrowRight", back = rtl() ? "ArrowRight" : "ArrowLeft";
    const links = [...holder.querySelectorAll("a")], here = links.indexOf(document.activeElement);
    const step = event.key === forward ? 1 : event.key === back ? -1 : 0;
    if (step && event.shiftKey) {
      const at = [...holder.children].indexOf(document.activeElement);
      time.brush = time.brush && time.brush.keys ? time.brush : { keys: true, holder, at, to: at };
      time.brush.to = Math.max(0, Math.min(starts(holder).length - 1, time.brush.to + step));
      show(holder, time.brush.at, time.brush.to);
    } else if (step || event.key === "Home" || event.key === "End") {
      clear();
      const next = event.key === "Home" ? 0 : event.key === "End" ? links.length - 1 : here + step;
      if (links[next]) rove(links, next).focus();
    } else if (event.key === "Enter" && time.brush && time.brush.keys) {
      apply(holder, time.brush.at, time.brush.to);
      time.brush = null;
    } else if (event.key === "Escape" && time.brush) clear();
    else return false;
    event.preventDefault();
    return true;
  }

  function rove(links, at) {
    links.forEach((link, number) => { link.tabIndex = number === at ? 0 : -1; });
    return links[at];
  }

  document.addEventListener("keydown", (event) => {
    const holder = event.target instanceof Element && event.target.closest(".kh-time-bars");
    if (holder && !event.altKey && !event.ctrlKey && !event.metaKey && barKeys(event, holder)) return;
    if (time.playing) playKeys(event);
  });

  const map = () => { const frame = query(".st-key-kh-map iframe"); return frame && frame.contentWindow && frame.contentWindow.kharita; };

  async function start() {
    const box = query(".kh-play"), stage = map();
    if (!box || !stage || !stage.play || time.playing) return;
    const address = new URLSearchParams(time.data.address);
    address.set("ui", time.data.language);
    address.set("numerals", time.data.numerals);
    document.documentElement.dataset.khBusy = "1";
    const film = await stage.play.load(`../../map/play.json?${address}`).catch(() => null);
    delete document.documentElement.dataset.khBusy;
    if (!film || !film.bins.length) { box.hidden = false; box.dataset.failed = "1"; query(".kh-play-when").textContent = box.dataset.fail; return; }
    delete box.dataset.failed;
    time.playing = { film, at: 0, speed: 0, window: film.window, running: !still(), filters: time.data.filters, clock: 0 };
    frame(0);
    if (time.playing.running) run();
  }

  /* The next frame that shows something; -1 at the end. */
  function following(now) {
    const wide = now.film.windows[now.window][0], { total } = now.film;
    for (let at = now.at + 1; at < now.film.bins.length; at += 1) if (total[at + 1] > total[Math.max(0, at - wide + 1)]) return at;
    return -1;
  }

  /* The list beside the map shows what the frame does: its places, most named first, with their numbers in it. */
  function follow(shown) {
    const list = query(".st-key-kh-panel .kh-list");
    if (!list) return;
    const counts = shown && new Map(shown.map(([place, count]) => [place, count])), listed = new Set(), form = new Intl.NumberFormat("en", { numberingSystem: time.data.numerals });
    list.querySelectorAll(".kh-played").forEach((row) => row.remove());
    list.classList.toggle("kh-following", Boolean(counts));
    for (const row of list.children) {
      const link = row.querySelector("a[href]"), number = row.querySelector("b");
      const place = link && new URLSearchParams(link.getAttribute("href")).get("place");
      if (!place || !number) continue;
      listed.add(place);
      if (!row.dataset.whole) row.dataset.whole = number.textContent;
      const count = counts && (counts.get(place) || 0);
      row.hidden = counts ? !count : false;
      row.style.order = counts ? String(-count) : "";
      number.textContent = counts ? form.format(count) : row.dataset.whole;
    }
    const head = query(".st-key-kh-panel .kh-list-head small");
    if (head) {
      if (!head.dataset.whole) head.dataset.whole = head.textContent;
      head.textContent = counts ? form.format(counts.size) : head.dataset.whole;
    }
    if (!listed.size) return; // no list of places
    for (const [place, count, name, label, colour] of shown || []) if (!listed.has(place)) list.append(played(place, form.format(count), name, label, colour, count));
  }

  /* A row for a place that another page of the list holds. */
  function played(place, number, name, label, colour, count) {
    const made = (tag, className, text) => { const one = document.createElement(tag); one.className = className; if (text !== undefined) one.textContent = text; return one; };
    const row = made("li", "kh-played"), link = made("a", "kh-row"), words = made("span", "kh-name"), title = made("bdi", "", name);
    const address = new URLSearchParams(page.location.search);
    address.set("place", place);
    link.href = `?${address}`;
    link.dataset.visit = "1";
    link.style.setProperty("--k", colour);
    title.dir = "auto";
    words.append(title, made("small", "", label));
    link.append(made("span", "kh-swatch"), words, made("span", ""), made("b", "", number));
    row.style.order = String(-count);
    row.append(link);
    return row;
  }

  function run() {
    const now = time.playing;
    page.clearTimeout(now.clock);
    now.running = true;
    now.clock = page.setTimeout(() => {
      if (time.playing !== now || !now.running) return;
      const next = following(now);
      if (next < 0) pause();
      else { frame(next); run(); }
    }, TICK / SPEEDS[now.speed]);
    dress();
  }

  function pause() {
    if (!time.playing) return;
    time.playing.running = false;
    page.clearTimeout(time.playing.clock);
    dress();
  }

  function stop() {
    if (time.playing) page.clearTimeout(time.playing.clock);
    time.playing = null;
    const stage = map();
    if (stage && stage.play) stage.play.stop();
    follow(null);
    document.querySelectorAll(".kh-brush-play").forEach((mark) => mark.remove());
    const box = query(".kh-play");
    if (box) box.hidden = true;
    if (query(".kh-time")) query(".kh-time").classList.remove("kh-playing");
  }

  function frame(at) {
    const now = time.playing, stage = map();
    if (!now || !stage) return;
    now.at = Math.max(0, Math.min(now.film.bins.length - 1, at));
    now.shown = stage.play.show(now.at, now.film.windows[now.window][0]);
    follow(stage.play.places());
    dress();
  }

  /* Brings the controls, which each run of the page makes anew, to what is playing. */
  function dress() {
    const now = time.playing, box = query(".kh-play"), holder = bars();
    if (!now || !box || !holder) return;
    const [bins, name] = now.film.windows[now.window];
    box.hidden = false;
    query(".kh-time").classList.add("kh-playing");
    query(".kh-play-when").textContent = now.film.bins[now.at];
    query(".kh-play-count").textContent = now.film.counts[now.shown] || "";
    query(".kh-play-said").setAttribute("aria-live", now.running ? "off" : "polite");
    query('[data-play="speed"]').textContent = `${SPEEDS[now.speed]}×`;
    query('[data-play="window"]').textContent = name;
    const toggle = query('[data-play="pause"]');
    toggle.setAttribute("aria-pressed", String(!now.running));
    toggle.firstElementChild.className = `kh-i kh-i-${now.running ? "pause" : "play"}`;
    span(holder, "kh-brush-play", Math.max(0, now.at - bins + 1), now.at, "");
  }

  const ACTIONS = {
    start,
    stop,
    back: () => { pause(); frame(time.playing.at - 1); },
    forward: () => { pause(); frame(time.playing.at + 1); },
    pause: () => { if (time.playing.running) pause(); else { if (time.playing.at + 1 >= time.playing.film.bins.length) frame(0); run(); } },
    speed: () => { time.playing.speed = (time.playing.speed + 1) % SPEEDS.length; if (time.playing.running) run(); else dress(); },
    window: () => { time.playing.window = (time.playing.window + 1) % time.playing.film.windows.length; frame(time.playing.at); },
  };

  function playKeys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName || "")) return;
    const forward = document.documentElement.lang === "ar" ? "ArrowLeft" : "ArrowRight", back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const pressed = { [forward]: "forward", [back]: "back", ".": "forward", ",": "back", Escape: "stop" }[event.key]
      || (event.key === " " && !/BUTTON|A/.test(event.target.tagName || "") ? "pause" : null);
    if (!pressed) return;
    event.preventDefault();
    ACTIONS[pressed]();
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-play]");
    if (!button) return;
    const action = button.dataset.play;
    if (action === "start" ? time.playing : !time.playing) { if (action === "start") ACTIONS.pause(); else stop(); return; }
    ACTIONS[action]();
  });

  time.refresh = () => {
    const holder = bars();
    if (time.playing && (!holder || time.playing.filters !== time.data.filters)) stop();
    if (!holder) return;
    const links = [...holder.querySelectorAll("a")];
    if (links.length) rove(links, Math.max(0, links.findIndex((link) => link.getAttribute("aria-current"))));
    dress();
  };
  /* A run of the page may draw the bars before or after it calls this component. */
  let seen = null;
  const renewed = () => { if (bars() !== seen) { seen = bars(); time.refresh(); } };
  new MutationObserver(renewed).observe(document.body, { childList: true, subtree: true });
  renewed();
}
