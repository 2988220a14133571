/* What a new part of the page changes for whoever uses the keyboard, or hears the page. */
(function () {
  "use strict";
  var held;
  document.addEventListener("focusin", function (event) {
    held = event.target;
  });

  document.addEventListener("htmx:after:swap", function (event) {
    var ctx = event.detail.ctx;
    var part = ctx && document.getElementById(ctx.target.id);
    if (!part) return;
    /* 1. What a part says of itself is said from a place that was there before: of one that comes with its words nothing
          is read. The same words again are no news. */
    var status = part.querySelector("[data-told]");
    if (status) document.getElementById("told").textContent = status.textContent;

    /* 2. Where what was pressed went with the part it stood in, the keyboard goes on from the one that came instead, and
          of a list that grew from what is new. The page stays where it is. */
    if (!held || held.isConnected) return;
    if (part === ctx.target) part = part.lastElementChild;
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  });
})();
