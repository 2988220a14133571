/* What waits to be sent, shown where it belongs; the service worker, and what it keeps for reading without a line. */
(function () {
  "use strict";
  var box = self.parvisOutbox;
  var reader = document.body.getAttribute("data-reader");
  var SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";
  var SEND = { waiting: "Envoyer maintenant", held: "Envoyer", refused: "Réessayer" };
  var PAUSES = [2, 8, 30, 60, 120];
  var tries = 0;
  var later = 0;
  var count = 0;
  var total = 0;
  if (!reader || !self.indexedDB || !self.fetch || !self.AbortController) return;

  /* 1. A comment or a vote that got no answer waits, and the form is free again. Only what left the form is kept. */
  document.addEventListener(
    "htmx:error",
    function (event) {
      var ctx = event.detail && event.detail.ctx;
      var form = ctx && ctx.sourceElement;
      var kind = form && form.getAttribute && form.getAttribute("data-wait");
      if (!kind || !ctx.request.body || !ctx.request.body.entries) return;
      event.preventDefault();
      wait(form, kind, ctx);
    },
    true
  );

  function wait(form, kind, ctx) {
    hold(form, kind, Array.from(ctx.request.body.entries())).catch(function () {
      var flash = document.getElementById("flash");
      flash.className = "flash bad";
      flash.textContent = "Pas de réponse\u202f: rien n’est perdu, vous pouvez réessayer.";
    });
  }

  async function hold(form, kind, fields) {
    var values = {};
    fields.forEach(function (field) {
      values[field[0]] = field[1];
    });
    var pressed = kind === "vote" && form.querySelector("button[value='" + values.choice + "'] span");
    await box.add(reader, kind, form.getAttribute("action"), fields, {
      title: document.querySelector("h1").textContent,
      text: kind === "vote" ? (pressed ? pressed.textContent : "") : values.body,
    });
    if (kind === "comment") empty(form, values.body);
    if (self.parvisDrafts) self.parvisDrafts.drop(form);
    tries = 0;
    await show();
    soon();
    var ready = navigator.serviceWorker && navigator.serviceWorker.controller && (await navigator.serviceWorker.ready);
    if (ready && ready.sync) ready.sync.register("outbox").catch(function () {});
  }

  function empty(form, body) {
    var area = form.querySelector("textarea");
    if (area.value.replace(/\r?\n/g, "\n") === body.replace(/\r?\n/g, "\n")) area.value = "";
    form.querySelector("[name=once]").value = Array.from(crypto.getRandomValues(new Uint8Array(8)), function (number) {
      return SIGNS[number % SIGNS.length];
    }).join("");
  }

  /* 2. It goes again by itself, at longer and longer intervals, and at once when the line is back. */
  function soon() {
    clearTimeout(later);
    if (!count) return;
    later = setTimeout(go, 1000 * PAUSES[Math.min(tries, PAUSES.length - 1)]);
    tries += 1;
  }

  function go() {
    clearTimeout(later);
    box.flush().catch(function () {}).then(soon);
  }

  window.addEventListener("online", function () {
    tries = 0;
    go();
    again();
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && count) go();
  });

  /* 3. What it looks like. */
  async function show() {
    var items = (await box.all()).filter(function (item) {
      return item.reader === reader;
    });
    total = items.length;
    count = items.filter(function (item) {
      return item.state === "waiting";
    }).length;
    document.querySelectorAll("[data-waits]").forEach(function (old) {
      old.remove();
    });
    items.forEach(function (item) {
      place(item, note(item));
    });
    return items;
  }

  function isHere(item) {
    var thread = item.action.replace(/\/\w+$/, "");
    return location.pathname === thread || location.pathname.indexOf(thread + "-") === 0;
  }

  function place(item, line) {
    var near = isHere(item) && document.getElementById(item.kind === "vote" ? "ballot" : "more");
    if (near) near.parentNode.insertBefore(line, near);
    else document.getElementById("flash").after(line);
  }

  function note(item) {
    var line = element("div", "flash" + (item.state === "waiting" ? "" : " bad"));
    var acts = element("p", "acts");
    line.setAttribute("data-waits", item.id);
    line.setAttribute("role", "status");
    line.append(element("p", "", words(item)));
    if (item.kind === "comment") line.append(element("blockquote", "", item.text.slice(0, 400)));
    if (!isHere(item) || item.state === "moved") {
      var link = element("a", "", item.state === "moved" ? "Relire et voter" : item.title || "Voir");
      link.href = item.action.replace(/\/\w+$/, "");
      acts.append(link);
    }
    if (SEND[item.state])
      acts.append(
        button(SEND[item.state], function () {
          box.put(Object.assign(item, { state: "waiting" })).then(show).then(go);
        })
      );
    acts.append(
      button("Effacer", function () {
        box.remove(item.id).then(show);
      })
    );
    line.append(acts);
    return line;
  }

  function words(item) {
    var what = item.kind === "vote" ? "votre voix" + (item.text ? " «\u202f" + item.text + "\u202f»" : "") : "votre réponse";
    if (item.state === "moved") return "Pas comptée, " + what + "\u00a0: " + item.reason;
    if (item.state === "refused") return "Pas envoyé, " + what + "\u00a0: " + item.reason;
    if (item.state === "held") return "Pas envoyé, " + what + "\u00a0: la session a changé entre-temps. À vous de décider.";
    if (item.kind === "vote") return "En attente\u00a0: " + what + " n’est pas encore comptée. Elle partira dès que la ligne reviendra.";
    return "En attente\u00a0: " + what + " partira dès que la ligne reviendra.";
  }

  function element(tag, name, text) {
    var made = document.createElement(tag);
    made.className = name;
    made.textContent = text || "";
    return made;
  }

  function button(label, act) {
    var made = element("button", "btn quiet", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /* 4. What this page, another one or the service worker has sent. */
  self.parvisHeard = function (message) {
    var item = message.item;
    if (message.type === "fresh" && message.address === location.href.split("#")[0]) again();
    if (!item || item.reader !== reader) return;
    (message.type === "sent" ? sent(item, message.address) : show()).catch(function () {});
  };

  async function sent(item, address) {
    var line = document.querySelector("[data-waits='" + CSS.escape(item.id) + "']");
    count -= 1;
    if (!line || !isHere(item)) return show();
    line.removeAttribute("data-waits");
    line.className = "flash good";
    line.firstChild.textContent = item.kind === "vote" ? "Votre voix est arrivée et comptée." : "Envoyé.";
    line.lastChild.remove();
    var answer = await fetch(address || location.href);
    var page = new DOMParser().parseFromString(await answer.text(), "text/html");
    var id = item.kind === "vote" ? "ballot" : address.split("#")[1] || "-";
    var part = page.getElementById(id);
    var old = item.kind === "vote" ? document.getElementById("ballot") : line;
    if (!part || !old) return;
    var number = page.getElementById("answers");
    if (number && document.getElementById("answers")) document.getElementById("answers").textContent = number.textContent;
    if (item.kind === "comment" && document.getElementById(id)) return line.remove();
    part = document.importNode(part, true);
    old.replaceWith(part);
    if (self.htmx) self.htmx.process(part);
  }

  /* An answer cut before its first word is none. A vote that did go out makes the one that waited on the same proposal
     void. */
  document.addEventListener(
    "htmx:after:request",
    function (event) {
      var ctx = event.detail.ctx;
      var form = ctx.sourceElement;
      var kind = form.getAttribute && form.getAttribute("data-wait");
      if (kind && ctx.response.status === 200 && !ctx.text) {
        event.preventDefault();
        wait(form, kind, ctx);
      } else if (kind === "vote" && ctx.response.status < 300) {
        box.remove(reader + " " + form.getAttribute("action")).then(show);
      }
    },
    true
  );

  /* A page read without a line says when the line is back. */
  function again() {
    var note = document.getElementById("offline");
    if (!note || note.querySelector("a")) return;
    var link = element("a", "", "Voir la page d’aujourd’hui");
    link.href = location.href.split("#")[0];
    note.append(" La ligne est revenue. ", link);
  }

  /* 5. Signing out clears the phone: asked twice when something has not left yet. */
  document.addEventListener(
    "submit",
    function (event) {
      if (event.target.getAttribute("action") !== "/deconnexion") return;
      var sure = !total || confirm("Un message ou un vote n’est pas parti\u202f: se déconnecter l’efface. Continuer\u202f?");
      if (sure) return void box.clear(reader);
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true
  );

  /* 6. The service worker, once the page has come to rest; what it stores ahead is for good lines only. */
  function settle() {
    var line = navigator.connection || {};
    var slow = line.saveData || /2g/.test(line.effectiveType || "");
    var workers = navigator.serviceWorker;
    if (!workers) return;
    workers
      .register("/sw.js")
      .then(function () {
        return workers.ready;
      })
      .then(function (registration) {
        registration.active.postMessage({ reader: reader, stock: !slow });
      })
      .catch(function () {});
  }
  if (document.readyState === "complete") setTimeout(settle, 1000);
  else
    window.addEventListener("load", function () {
      setTimeout(settle, 1000);
    });

  show()
    .then(function () {
      if (count) go();
    })
    .catch(function () {});
})();
