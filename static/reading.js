/* A long discussion opens at the first message not read yet, and on return is found where it was left. */
(function () {
  "use strict";
  var start = document.getElementById("nouveau");
  var came = (performance.getEntriesByType && performance.getEntriesByType("navigation")[0]) || {};
  if (start && !location.hash && came.type !== "back_forward" && came.type !== "reload") start.scrollIntoView();

  /* Pages added under the first are not there on return: the address left behind is that of the message looked at. */
  document.addEventListener(
    "click",
    function (event) {
      if (!event.target.closest("a[href]") || !document.querySelector("#comments [data-page]")) return;
      var shown = Array.prototype.find.call(document.querySelectorAll("#comments .say"), function (said) {
        return said.getBoundingClientRect().bottom > 0;
      });
      var part = shown && shown.closest("[data-page]");
      if (part) history.replaceState(history.state, "", "?page=" + part.getAttribute("data-page") + "#" + shown.id);
    },
    true
  );
})();
