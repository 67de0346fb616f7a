// Checks the evidence in the page: hashes of texts, and that quotes stand where they say.
(function () {
  "use strict";
  const all = (what) => Array.from(document.querySelectorAll(what));

  function say(which, what) {
    document.getElementById("check-result").hidden = false;
    for (const line of all("[data-say]")) line.hidden = line.dataset.say !== which;
    if (what) for (const place of all("[data-say=wrong] bdi")) place.textContent = what;
  }

  async function sha256(text) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function check() {
    if (!window.crypto || !crypto.subtle) return say("cannot");
    say("checking");
    const evidence = JSON.parse(document.getElementById("evidence").textContent);
    const texts = new Map();
    for (const report of evidence.reports) {
      if (report.text === null) continue;
      if ((await sha256(report.text)) !== report.sha256) return say("wrong", report.sha256.slice(0, 12));
      texts.set(report.sha256, Array.from(report.text)); // by code points, as spans count
    }
    for (const claim of evidence.claims) {
      const text = texts.get(claim.report);
      for (const part of [claim, ...claim.evidence])
        if (text && text.slice(part.start, part.end).join("") !== part.quote) return say("wrong", claim.claim);
    }
    say(texts.size ? "right" : "none");
  }
  document.getElementById("check-now").addEventListener("click", check);
})();
