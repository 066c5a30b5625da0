/* On paper the map keeps the pixels that it has on the screen, and is scaled to its part of the page. */
(() => {
  if (window.khPrint) return;
  const WIDE = 620, HIGH = 460; // pixels that the map may take on a page of A4, turned
  window.khPrint = () => {
    const frame = document.querySelector(".st-key-kh-map iframe");
    if (!frame) return;
    const { width, height } = frame.getBoundingClientRect(), style = document.documentElement.style;
    if (!width || !height) return;
    style.setProperty("--map-wide", `${width}px`);
    style.setProperty("--map-high", `${height}px`);
    style.setProperty("--map-scale", String(Math.min(WIDE / width, HIGH / height)));
  };
  let opened = [];
  window.addEventListener("beforeprint", () => {
    window.khPrint();
    opened = [...document.querySelectorAll(".kh-legend:not([open])")]; // paper can't be clicked
    opened.forEach((legend) => { legend.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((legend) => { legend.open = false; }));
})();
