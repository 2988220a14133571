/* What htmx does not do by itself. Every page works without this file: nothing here is needed to read, write or vote. */
(function () {
  "use strict";
  /* 1. One sentence at the top when a request failed; errors of a background poll stay silent. */
  function say(sentence) {
    var box = document.getElementById("flash");
    if (!box) return;
    box.textContent = sentence;
    box.className = sentence ? "flash bad" : "";
  }

  function isPoll(event) {
    var ctx = event.detail && event.detail.ctx;
    return Boolean(ctx && ctx.sourceEvent && ctx.sourceEvent.type === "every");
  }

  function reasonOf(ctx) {
    var page = new DOMParser().parseFromString((ctx && ctx.text) || "", "text/html");
    var reason = page.getElementById("reason");
    return reason ? reason.textContent.replace(/\s+/g, " ").trim() : "";
  }

  document.addEventListener("htmx:response:error", function (event) {
    var ctx = event.detail.ctx;
    if (isPoll(event) || ctx.response.status === 422) return;
    say(reasonOf(ctx) || "Le site n’a pas pu répondre. Rien n’est perdu\u202f: réessayez dans un instant.");
  });
  document.addEventListener("htmx:error", function (event) {
    if (event.detail.ctx && !isPoll(event)) say("Pas de réponse\u202f; le réseau est peut-être coupé. Réessayez.");
  });

  /* 2. Polls rest while nobody looks; with Save-Data, or on a 2G line, one in four goes out. */
  var line = navigator.connection || {};
  var turn = 0;
  document.addEventListener("htmx:before:request", function (event) {
    if (!isPoll(event)) {
      say("");
      return;
    }
    var slow = line.saveData || /2g/.test(line.effectiveType || "");
    turn += 1;
    if (document.hidden || (slow && turn % 4)) event.preventDefault();
  });

  /* 3. A form leaves once. The button is disabled after the submit event, or its own value would not be sent; a page
        brought back by the Back button gets its buttons back, and so does one that only gave a file. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    setTimeout(function () {
      toggle(form, true);
    });
    setTimeout(function () {
      toggle(form, false);
    }, 20000);
  });

  function toggle(form, sent) {
    if (sent) form.setAttribute("data-sent", "");
    else form.removeAttribute("data-sent");
    form.querySelectorAll("button").forEach(function (button) {
      button.disabled = sent;
    });
  }

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      toggle(form, false);
    });
  });
})();
