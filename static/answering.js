/* The form of answer stands under the message answered, and what was sent is shown where it stands, as on a page anew. */
(function () {
  "use strict";
  var more = document.getElementById("more");
  if (!more) return;
  var cancelled;

  /* The one form of the page goes to where somebody pressed "Répondre" before its new words come. */
  document.addEventListener("htmx:before:swap", function (event) {
    var link = event.detail.ctx.sourceElement;
    var said = link && link.closest(".say .acts") && link.closest(".say");
    var form = document.getElementById("answer");
    cancelled = link && form && form.contains(link) && link.hash;
    if (said && form && event.detail.ctx.target === form) said.after(form);
  });

  /* Once it answers nobody in particular it goes home; the reader stays with the message. */
  document.addEventListener("htmx:after:swap", function (event) {
    var ctx = event.detail.ctx;
    var form = document.getElementById("answer");
    if (!form || form.parentNode.id === "main" || form.querySelector("[name=parent]")) form = null;
    if (form) document.getElementById("more").after(form);
    var sent = ctx.request && ctx.request.method === "POST" && /id="(c-\w+)"/.exec(ctx.text);
    if (sent) document.dispatchEvent(new Event("parvis:answered"));
    if (sent) show(sent[1]);
    else if (form && cancelled) show(cancelled.slice(1));
  });

  /* As if it had been asked for by its address: marked, and in view. */
  function show(id) {
    var said = document.getElementById(id);
    if (!said) return;
    location.replace("#" + id);
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  }
})();

/* What others answer meanwhile is told at the foot of the screen, and moves nothing: one press shows it. */
(function () {
  "use strict";
  var comments = document.getElementById("comments");
  var told = comments && /^(\w+)\.(\d+)$/.exec(comments.getAttribute("data-said") || "");
  if (!told || !window.EventSource) return;
  var known = Number(told[2]);
  var total = known;
  var source = null;
  var box = document.createElement("p");
  var button = document.createElement("button");
  box.setAttribute("role", "status");
  box.style.cssText = "position:fixed;z-index:2;bottom:12px;left:50%;transform:translateX(-50%);margin:0;width:max-content";
  button.className = "btn";
  button.addEventListener("click", function () {
    location.assign("/d/" + told[1]);
  });
  document.body.append(box);

  function watch() {
    if (source) source.close();
    source = null;
    if (document.hidden) return;
    var slow = (navigator.connection || {}).saveData ? "&lent=1" : "";
    source = new EventSource("/suivi?d=" + told[1] + "." + known + slow);
    source.onmessage = function (event) {
      var number = /^[!~]answers .*?(\d+)$/.exec(event.data);
      if (number) total = Number(number[1]);
      say();
    };
  }

  function say() {
    var fresh = total - known;
    button.textContent = fresh > 1 ? fresh + " nouvelles réponses" : "Une nouvelle réponse";
    if (fresh > 0) box.append(button);
    else button.remove();
  }

  /* One's own is no news. */
  document.addEventListener("parvis:answered", function () {
    known += 1;
    say();
  });
  document.addEventListener("visibilitychange", watch);
  window.addEventListener("pagehide", function () {
    if (source) source.close();
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) watch();
  });
  watch();
})();
