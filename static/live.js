/* Tallies that move by themselves. A page being looked at holds one stream for all that it shows of votes; while the
   stream is silent, hidden, refused or kept back by a proxy, htmx asks by itself as the page says (every 1500 ms). */
(function () {
  "use strict";
  var htmx = window.htmx;
  if (!htmx || !window.EventSource) return;
  var saving = (navigator.connection || {}).saveData;
  var source = null;
  var subjects = "";
  var trusted = false;
  var opened = 0;
  var failures = 0;
  var timer = 0;
  var texts = {};

  /* 1. The stream. It is trusted once something has come through it. Results that were veiled until this person voted are
        seen on another: it is opened anew. */
  function watched() {
    var found = [];
    document.querySelectorAll("[data-hx-get*='/resultat?']").forEach(function (element) {
      var told = /\/p\/(\w+)\/resultat\?(forme=barre&)?revision=(\d+)/.exec(element.getAttribute("data-hx-get"));
      if (told) found.push([(told[2] ? "b=" : "t=") + told[1], told[3], element.hasAttribute("data-veiled")]);
    });
    return found;
  }

  function names(found) {
    return found.map(function (each) { return each[0] + each[2]; }).join();
  }

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
    trusted = false;
    texts = {};
  }

  function open() {
    close();
    var found = watched();
    subjects = names(found);
    if (!subjects || document.hidden) return;
    opened = Date.now();
    source = new EventSource("/suivi?" + found.map(function (each) { return each[0] + "." + each[1]; }).join("&") +
      (saving ? "&lent=1" : ""));
    source.onmessage = receive;
    source.onerror = again;
    timer = setTimeout(again, 6000);
  }

  /* Whoever lost a stream comes back after a while of their own: two thousand do not come back at once. */
  function again() {
    var waits = Math.min(60000, 1000 << failures);
    close();
    failures = Math.min(failures + 1, 6);
    timer = setTimeout(open, waits * (1 + Math.random()));
  }

  function receive(event) {
    var told = /^([!~])(\S+) ([^]*)$/.exec(event.data);
    if (!trusted) clearTimeout(timer);
    trusted = true;
    failures = 0;
    if (!told) return;
    texts[told[2]] = told[1] === "!" ? told[3] : figures(texts[told[2]] || "", told[3]);
    var element = document.getElementById(told[2]);
    if (element && !older(texts[told[2]], element)) {
      htmx.swap({ text: texts[told[2]], target: element, sourceElement: element, swap: "outerMorph" });
    }
  }

  /* "3:41,7:20": in the text of before the fourth run of digits is now 41, the eighth 20. */
  function figures(text, told) {
    var now = {};
    var place = -1;
    told.split(",").forEach(function (pair) {
      now[pair.split(":")[0]] = pair.split(":")[1];
    });
    return text.replace(/[0-9]+/g, function (figure) {
      place += 1;
      return place in now ? now[place] : figure;
    });
  }

  /* The page's own vote may have been answered while an earlier tally was on its way. */
  function older(text, element) {
    var told = /revision=(\d+)/.exec(text);
    var shown = /revision=(\d+)/.exec(element.getAttribute("data-hx-get") || "");
    return told && shown && Number(told[1]) < Number(shown[1]);
  }

  document.addEventListener("visibilitychange", open);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) open();
  });
  window.addEventListener("online", open);

  /* 2. Where there is no stream htmx asks: four times less once nothing has moved for two minutes, and not in the second in
        which a stream is to come. */
  var moved = Date.now();
  var turn = 0;
  document.addEventListener("htmx:before:request", function (event) {
    var cause = event.detail.ctx.sourceEvent;
    if (!cause || cause.type !== "every") return;
    turn += 1;
    if (trusted || (source && Date.now() - opened < 1000) || (Date.now() - moved > 120000 && turn % 4)) event.preventDefault();
  });

  /* 3. What moved is said to whoever does not see it, ten seconds apart at least, and only what is new. */
  var said = {};
  var spoken = 0;
  var speaking = 0;

  function lines() {
    var found = {};
    var tally = document.getElementById("tally");
    (tally ? tally.querySelectorAll("li, strong") : []).forEach(function (line) {
      var figure = line.querySelector("b");
      var name = line.firstChild.data;
      var label = figure && name ? name + figure.textContent : line.textContent.replace(/\s+/g, " ").trim();
      found[figure ? label.slice(0, label.length - figure.textContent.length) : ""] = label;
    });
    return found;
  }

  function speak() {
    var box = document.getElementById("said");
    var now = lines();
    speaking = 0;
    spoken = Date.now();
    if (!box) return;
    box.textContent = Object.keys(now).filter(function (name) { return said[name] !== now[name]; })
      .map(function (name) { return now[name]; }).join(", ");
    said = now;
  }

  /* 4. After each swap: what is shown may be watched otherwise, and a vote that has ended takes its buttons away. */
  function look() {
    var tally = document.getElementById("tally");
    if (names(watched()) !== subjects) open();
    if (tally && !speaking) speaking = setTimeout(speak, Math.max(500, spoken + 10000 - Date.now()));
    if (tally && !tally.hasAttribute("data-hx-get") && document.querySelector("#ballot form.vote")) {
      setTimeout(conclude, Math.random() * 2000);
    }
  }

  function conclude() {
    var form = document.querySelector("#ballot form.vote");
    var reason = form && form.querySelector("textarea");
    /* What somebody is writing stays; sent, it will be refused with its reason, and given back. */
    if (form && !(reason && reason.value !== reason.defaultValue)) {
      htmx.ajax("GET", location.pathname, { target: "#ballot", swap: "outerMorph" });
    }
  }

  document.addEventListener("htmx:after:swap", function () {
    moved = Date.now();
    look();
  });
  said = lines();
  open();
})();
