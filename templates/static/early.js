// Before the first paint: what the reader chose, so that no page flashes in the wrong colours or face; and the one font
// to load at once. It is asked for here and not by a <link>, because browsers refuse that to pages opened from a file
// and complain of it.
(function (root, script) {
  root.classList.add("js");
  try {
    var shade = localStorage.getItem("shade"), face = localStorage.getItem("face");
    if (shade) root.dataset.shade = shade;
    if (face) root.dataset.face = face;
  } catch (refused) { /* storage is off: nothing was chosen */ }
  if (!script.dataset.font || face || location.protocol === "file:") return;
  var link = document.createElement("link");
  link.rel = "preload";
  link.as = "font";
  link.type = "font/woff2";
  link.crossOrigin = "";
  link.href = script.dataset.font;
  document.head.append(link);
})(document.documentElement, document.currentScript);
