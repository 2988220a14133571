/* What htmx does not do by itself. Every page works without this file: nothing here is needed to read, write or vote. */
(function () {
  "use strict";
  /* Where nothing can be fetched htmx would only hold forms back: they are left to the browser. */
  if (!window.fetch) document.body.setAttribute("data-hx-ignore", "");

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
    var page = new DOMParser().parseFromString(ctx.text || "", "text/html");
    var reason = page.getElementById("reason");
    return reason ? reason.textContent.replace(/\s+/g, " ").trim() : "";
  }

  document.addEventListener("htmx:response:error", function (event) {
    var ctx = event.detail.ctx;
    if (isPoll(event) || ctx.response.status == 409 || ctx.response.status == 422) return;
    say(reasonOf(ctx) || "Le site n’a pas pu répondre. Rien n’est perdu\u202f: réessayez dans un instant.");
  });
  document.addEventListener("htmx:error", function (event) {
    if (event.detail.ctx && !isPoll(event) && !event.defaultPrevented)
      say("Pas de réponse\u202f: le réseau est peut-être coupé. Rien n’est perdu, vous pouvez réessayer.");
  });

  /* 2. Polls rest while nobody looks; on a 2G line one in four goes out, with Save-Data one in ten (every 15 s). */
  var line = navigator.connection || {};
  var turn = 0;
  document.addEventListener("htmx:before:request", function (event) {
    if (!isPoll(event)) {
      say("");
      wait(event.detail.ctx.request.method === "GET" ? "Chargement…" : "Envoi…");
      return;
    }
    var pace = line.saveData ? 10 : /2g/.test(line.effectiveType || "") ? 4 : 1;
    turn += 1;
    if (document.hidden || turn % pace) event.preventDefault();
  });

  /* 3. A word at the foot of the screen once anything takes longer than 400 ms. It stands over the page and does not
        move: nothing shifts, and there is no motion to reduce. */
  var busy = document.createElement("p");
  var late = 0;
  busy.setAttribute("role", "status");
  busy.style.cssText = "position:fixed;z-index:3;bottom:12px;left:50%;transform:translateX(-50%);margin:0;padding:8px 18px;" +
    "border-radius:22px;background:var(--ink);color:var(--paper);font-size:.875rem";
  busy.hidden = true;
  document.body.append(busy);

  function wait(word) {
    clearTimeout(late);
    late = setTimeout(function () {
      busy.hidden = !word;
      busy.textContent = word;
      /* A link may also lead to a file, which leaves the page where it is. */
      if (word) late = setTimeout(wait, 20000, "");
    }, word ? 400 : 0);
  }

  document.addEventListener("htmx:finally:request", function (event) {
    if (!isPoll(event)) wait("");
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    var stays = !link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target;
    if (stays || link.origin !== location.origin) return;
    if (link.href.split("#")[0] !== location.href.split("#")[0]) wait("Chargement…");
  });

  /* 4. A form leaves once. The button is disabled after the submit event, or its own value would not be sent; a page
        brought back by the Back button gets its buttons back, and so does one that only gave a file. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    wait("Envoi…");
    setTimeout(toggle, 0, form, true);
    setTimeout(toggle, 20000, form, false);
  });

  function toggle(form, sent) {
    form.toggleAttribute("data-sent", sent);
    form.querySelectorAll("button").forEach(function (button) {
      button.disabled = sent;
    });
  }

  window.addEventListener("pageshow", function (event) {
    wait("");
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      toggle(form, false);
    });
  });

  /* 5. A notice that is opened has been seen. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-notice]");
    var form = link && document.querySelector('form[action="/moi/notifications"]');
    if (!form || !navigator.sendBeacon) return;
    var fields = new FormData(form);
    fields.append("address", link.getAttribute("href"));
    navigator.sendBeacon(form.action, fields);
  });
})();
