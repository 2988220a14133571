/* On the page of one's own ticket: the sum that ranks it, made again here, against that of the last ticket drawn. */
(function () {
  "use strict";
  var place = document.querySelector("[data-ticket]");
  var said = document.getElementById("calcul");
  if (!place || !said || !self.crypto || !crypto.subtle || !self.TextEncoder) return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", function () {
    crypto.subtle.digest("SHA-256", new TextEncoder().encode(place.getAttribute("data-ticket"))).then(function (sum) {
      var own = Array.from(new Uint8Array(sum), function (byte) {
        return ("0" + byte.toString(16)).slice(-2);
      }).join("");
      var last = place.getAttribute("data-last");
      var told = own === last ? "c’est le dernier tiré" : own < last ? "plus petit que le dernier tiré" : "plus grand que le dernier tiré";
      said.textContent = "Calculé ici\u00a0: " + own + ", " + told + ".";
    });
  });
})();
