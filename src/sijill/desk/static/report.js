// Words that somebody selects in the text go into the form that adds a claim. The desk finds them again by the letters before them in
// their line, blanks not counted: a page runs blanks together, and counts characters otherwise than a text does.
(function () {
  "use strict";
  const form = document.getElementById("add-claim");
  const article = document.querySelector(".report-text");
  if (!form || !article) return;
  const lines = Array.from(article.querySelectorAll(":scope > p"));
  const BLANK = /[ \t\n\r\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;
  const letters = (text) => [...text.replace(BLANK, "")].length;

  function take() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const line = lines.findIndex((p) => p.contains(range.startContainer));
    if (line < 0 || !lines[line].contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(lines[line], 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    if (!letters(words)) return;
    for (const one of form.querySelectorAll("form")) {
      one.elements.words.value = words;
      one.elements.line.value = String(line);
      one.elements.before.value = String(letters(before.toString()));
    }
    form.open = true;
  }

  document.addEventListener("mouseup", (event) => article.contains(event.target) && take());
  document.addEventListener("keyup", (event) => event.shiftKey && take());
  for (const one of form.querySelectorAll("form"))
    one.elements.words.addEventListener("input", () => {
      one.elements.line.value = ""; // typed words are looked for anywhere
      one.elements.before.value = "";
    });
})();
