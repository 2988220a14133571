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
