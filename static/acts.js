/* After an act the page's main part has come anew (ui.act): the eye and the keyboard go on from what shows that it is done. */
(function () {
  "use strict";
  var place = "";
  var top = 0;

  function part() {
    return document.getElementById(place);
  }

  document.addEventListener("htmx:before:swap", function (event) {
    var form = event.detail.ctx.sourceElement;
    place = (form && form.getAttribute("data-place")) || "";
    if (part()) top = part().getBoundingClientRect().top;
  });

  document.addEventListener("htmx:after:swap", function () {
    var shown = part();
    place = "";
    if (!shown) return;
    /* It stays where it was on the screen, or comes into view. */
    window.scrollBy(0, shown.getBoundingClientRect().top - top);
    if (!shown.contains(document.activeElement)) {
      shown.tabIndex = -1;
      shown.focus({ preventScroll: true });
    }
    shown.scrollIntoView({ block: "nearest" });
  });
})();
