// Before the first paint: what the reader chose, so that no page flashes in the wrong colours or face.
(function (root) {
  root.classList.add("js");
  try {
    var shade = localStorage.getItem("shade"), face = localStorage.getItem("face");
    if (shade) root.dataset.shade = shade;
    if (face) root.dataset.face = face;
  } catch (refused) { /* storage is off: nothing was chosen */ }
})(document.documentElement);
